-- An area's boundary is versioned: the one in force stands in areas, those
-- before it in area_versions, so that an old figure can be told from a new one.
-- +goose Up
create table areas (
  district_id int not null references districts on delete cascade,
  area_id int not null check (area_id between 1 and 65535),
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null check (name <> ''),
  position int not null,
  version int not null default 1,
  boundary geometry(MultiPolygon, 4326) not null check (st_isvalid(boundary)),
  approximate boolean not null default false,
  residents int check (residents >= 0),
  valid_from timestamptz not null default now(),
  primary key (district_id, area_id),
  unique (district_id, slug)
);
create index areas_boundary on areas using gist (boundary);

create table area_versions (
  district_id int not null,
  area_id int not null,
  version int not null,
  boundary geometry(MultiPolygon, 4326) not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  primary key (district_id, area_id, version),
  foreign key (district_id, area_id) references areas on delete cascade
);

-- area_at is the first area, in order of position, that covers a place: the same
-- rule as civic.District.AreaAt.
-- +goose StatementBegin
create function area_at(district int, place geometry) returns int
language sql stable parallel safe as $$
  select area_id
  from areas
  where district_id = district
    and boundary && place
    and st_covers(boundary, place)
  order by position, area_id
  limit 1
$$;
-- +goose StatementEnd

-- +goose StatementBegin
create function keep_area_version() returns trigger
language plpgsql as $$
begin
  insert into area_versions (district_id, area_id, version, boundary, valid_from, valid_to)
  values (old.district_id, old.area_id, old.version, old.boundary, old.valid_from, now());
  new.version := old.version + 1;
  new.valid_from := now();
  return new;
end
$$;
-- +goose StatementEnd

create trigger keep_area_version
before update of boundary on areas
for each row when (not st_orderingequals(old.boundary, new.boundary))
execute function keep_area_version();

-- +goose Down
drop table area_versions;
drop table areas;
drop function area_at;
drop function keep_area_version;
