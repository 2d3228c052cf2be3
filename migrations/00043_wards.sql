-- Wards with the boundaries that they have had, each for some days: what is asked
-- today uses the one of today, and what was decided before keeps that of its day.
-- The live index follows them with their district.
-- +goose Up
create table wards (
  district_id int not null references districts on delete cascade,
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  version int not null check (version >= 1),
  number text not null, -- as the council writes it; empty for none
  name jsonb not null, -- by language
  position int not null,
  boundary geometry(MultiPolygon, 4326) not null check (st_isvalid(boundary)),
  valid_from date not null,
  valid_until date check (valid_until > valid_from), -- the first day on which it is no longer valid; null if none is known
  primary key (district_id, slug, version)
);

create unique index wards_last on wards (district_id, slug) where valid_until is null;

create trigger stamp_districts_on_insert after insert on wards
referencing new table as altered
for each statement execute function stamp_districts();

create trigger stamp_districts_on_update after update on wards
referencing new table as altered
for each statement execute function stamp_districts();

create trigger stamp_districts_on_delete after delete on wards
referencing old table as altered
for each statement execute function stamp_districts();
