-- Who wants to be told of a thing, or of all that a filter selects, and who says
-- "mine too" of a thing. Rows stay with a thing that is merged into another: what
-- belongs to that one is found through the links. An ended follow is kept, so that
-- whoever follows a link in an old mail is told so.
-- +goose Up
create table follows (
  district_id int not null,
  follow_id bigint not null generated always as identity,
  contact_id bigint not null,
  thing_id bigint, -- null for the filter
  kinds text[] not null default '{}', -- of the filter, which selects all with an empty list; sorted
  statuses text[] not null default '{}',
  category_ids int[] not null default '{}',
  area_ids int[] not null default '{}',
  cadence text not null check (cadence in ('instant', 'daily', 'weekly')),
  by_support boolean not null default false, -- began and ends with the support of the thing
  created_at timestamptz not null default now(),
  confirmed_at timestamptz,
  ended_at timestamptz,
  digested_until timestamptz not null default now(), -- until when a digest has been queued
  primary key (district_id, follow_id),
  foreign key (district_id, contact_id) references contacts on delete cascade,
  foreign key (district_id, thing_id) references things on delete cascade,
  check (thing_id is null or (kinds, statuses, category_ids, area_ids) = ('{}', '{}', '{}', '{}'))
);
create unique index follows_thing on follows (district_id, thing_id, contact_id) where thing_id is not null;
create unique index follows_filter on follows (district_id, contact_id, kinds, statuses, category_ids, area_ids) where thing_id is null;
create index follows_filters on follows (district_id) where thing_id is null;

-- One voice of a contact, of a device, or of a contact on a device. The months in
-- which voices came are counted from created_at.
create table supports (
  district_id int not null,
  support_id bigint not null generated always as identity,
  thing_id bigint not null,
  contact_id bigint,
  device_hash bytea check (length(device_hash) = 32), -- of a random cookie, with a key
  created_at timestamptz not null default now(),
  primary key (district_id, support_id),
  foreign key (district_id, contact_id) references contacts on delete cascade,
  foreign key (district_id, thing_id) references things on delete cascade,
  check (num_nonnulls(contact_id, device_hash) > 0)
);
create unique index supports_contact on supports (district_id, thing_id, contact_id) where contact_id is not null;
create unique index supports_device on supports (district_id, thing_id, device_hash) where device_hash is not null;
create index supports_of_contact on supports (district_id, contact_id) where contact_id is not null;
