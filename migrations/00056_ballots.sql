-- Those who take part in an event weigh its themes: each voice once, by the mechanism of
-- supports, and again until the end, in place of what it gave before. When somebody did
-- so is nobody's business, and is not stored.
-- +goose Up
create table ballots (
  district_id int not null,
  ballot_id bigint not null generated always as identity,
  event_id bigint not null,
  contact_id bigint,
  device_hash bytea check (length(device_hash) = 32), -- of a random cookie, with a key
  primary key (district_id, ballot_id),
  foreign key (district_id, event_id) references things on delete cascade,
  foreign key (district_id, contact_id) references contacts on delete cascade,
  check (num_nonnulls(contact_id, device_hash) > 0)
);
create unique index ballots_contact on ballots (district_id, event_id, contact_id) where contact_id is not null;
create unique index ballots_device on ballots (district_id, event_id, device_hash) where device_hash is not null;
create index ballots_of_contact on ballots (district_id, contact_id) where contact_id is not null;

create table ballot_choices (
  district_id int not null,
  ballot_id bigint not null,
  theme_id bigint not null,
  dots smallint check (dots > 0),
  stance text check (stance in ('agree', 'aside', 'object')),
  primary key (district_id, ballot_id, theme_id),
  foreign key (district_id, ballot_id) references ballots on delete cascade,
  foreign key (district_id, theme_id) references things on delete cascade,
  check (num_nonnulls(dots, stance) = 1)
);
create index ballot_choices_theme on ballot_choices (district_id, theme_id);
