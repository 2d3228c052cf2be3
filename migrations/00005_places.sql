-- Names that somebody may look for when they say where a pin belongs.
-- +goose Up
create table places (
  district_id int not null references districts on delete cascade,
  place_id int not null,
  name text not null check (name <> ''),
  geom geometry(Point, 4326) not null,
  search tsvector not null generated always as (to_tsvector('public.pinezka', name)) stored,
  primary key (district_id, place_id)
);
create index places_search on places using gin (search);

-- +goose Down
drop table places;
