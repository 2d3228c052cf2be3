-- A district is one community. Everything of a district is keyed by it first,
-- so that districts can be spread over nodes and no query crosses them.
-- +goose Up
create table districts (
  district_id int primary key generated always as identity,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name jsonb not null,
  time_zone text not null default 'UTC',
  moderation text not null default 'before' check (moderation in ('before', 'after')),
  notice jsonb not null default '{}',
  boundary geometry(MultiPolygon, 4326) not null check (st_isvalid(boundary)),
  created_at timestamptz not null default now()
);

-- +goose Down
drop table districts;
