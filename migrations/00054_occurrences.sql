-- When things take place: an event once, or on each day of its series. The rule of
-- the series is in what the event says, from which the program writes these rows with
-- it, so that calendars, reminders and registrations read times from an index and
-- nobody repeats the arithmetic of rules. The times are instants; starts_on is the day
-- by the clocks of the district.
-- +goose Up
create table occurrences (
  district_id int not null,
  thing_id bigint not null,
  day date not null, -- on which the series has it, by which it is known
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  starts_on date not null,
  cancelled boolean not null,
  capacity int not null, -- 0 for any number
  tags text[] not null, -- by which calendars are filtered, such as "type=debate"
  primary key (district_id, thing_id, day),
  foreign key (district_id, thing_id) references things on delete cascade,
  check (ends_at > starts_at)
);
create index occurrences_time on occurrences (district_id, starts_at);

-- Who comes to an occurrence. A place is taken by whoever is seated; those who wait
-- are seated in the order in which they confirmed, and nobody is passed over. Rows
-- name an occurrence that the series may no longer have, so that whoever has registered
-- can be told. told_starts_at is when they were last told that it begins, null when they
-- were told that it does not take place.
create table registrations (
  district_id int not null,
  registration_id bigint not null generated always as identity,
  thing_id bigint not null,
  day date not null,
  contact_id bigint not null,
  name text not null default '', -- by which they want to be called; known to those who hold the event
  named boolean not null default false, -- whether the minutes may name them
  seats int not null check (seats between 1 and 6),
  state text not null check (state in ('unconfirmed', 'waiting', 'seated', 'cancelled')),
  attended boolean, -- null while nobody has said
  created_at timestamptz not null default now(),
  confirmed_at timestamptz,
  told_starts_at timestamptz,
  primary key (district_id, registration_id),
  foreign key (district_id, contact_id) references contacts on delete cascade,
  foreign key (district_id, thing_id) references things on delete cascade
);
create unique index registrations_contact on registrations (district_id, thing_id, day, contact_id) where state <> 'cancelled';
create index registrations_of_contact on registrations (district_id, contact_id);
