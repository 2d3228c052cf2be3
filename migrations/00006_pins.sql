-- Pins, and beside them who gave them: a pin can be published without its
-- contributor. geom and cell are exact and for the record only; every outlet
-- reads shown and shown_cell, which the category's visibility decides.
-- +goose Up
create table sources (
  district_id int not null references districts on delete cascade,
  source_id int not null,
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  primary key (district_id, source_id),
  unique (district_id, slug)
);

create table contributors (
  district_id int not null references districts on delete cascade,
  contributor_id uuid not null default gen_random_uuid(),
  email text not null,
  created_at timestamptz not null default now(),
  primary key (district_id, contributor_id)
);
create unique index contributors_email on contributors (district_id, lower(email));

create sequence pin_ids as bigint maxvalue 9007199254740991; -- 2^53 - 1, exact in JavaScript

create table pins (
  district_id int not null,
  pin_id bigint not null default nextval('pin_ids'),
  category_id int not null,
  kind text not null,
  publication text not null check (publication in ('unconfirmed', 'pending', 'published', 'merged', 'hidden', 'withdrawn')),
  status text not null check (status in ('reported', 'under_diagnosis', 'diagnosed', 'in_action', 'met', 'verified', 'passed_on', 'not_possible', 'reopened', 'active')),
  title text not null check (title <> ''),
  body text not null default '',
  geom geometry(Point, 4326) not null,
  cell bigint not null,
  shown geometry(Point, 4326) not null,
  shown_cell bigint not null,
  area_id int,
  reported_on date not null check (reported_on between '1970-01-01' and '2149-06-06'),
  source_id int,
  external_id text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  search tsvector not null generated always as (to_tsvector('public.pinezka', title || ' ' || body)) stored,
  primary key (district_id, pin_id),
  foreign key (district_id, category_id, kind) references categories (district_id, category_id, kind),
  foreign key (district_id, area_id) references areas (district_id, area_id),
  foreign key (district_id, source_id) references sources (district_id, source_id),
  check ((status = 'active') = (kind <> 'need')),
  check ((source_id is null) = (external_id is null))
);
alter sequence pin_ids owned by pins.pin_id;

create table pin_contributors (
  district_id int not null,
  pin_id bigint not null,
  contributor_id uuid not null,
  primary key (district_id, pin_id, contributor_id),
  foreign key (district_id, pin_id) references pins on delete cascade,
  foreign key (district_id, contributor_id) references contributors on delete cascade
);
create index pin_contributors_contributor on pin_contributors (district_id, contributor_id);

-- the list: newest first, keyset pages
create index pins_newest on pins (district_id, reported_on desc, pin_id desc) where publication = 'published';
create index pins_shown on pins using gist (shown) where publication = 'published';
create index pins_search on pins using gin (search);
-- imports find what they know by (source, external id)
create unique index pins_external on pins (district_id, source_id, external_id) where source_id is not null;

-- A pin's area follows its place, and every pin's area follows the boundaries.
-- A bulk writer that knows the area may hand it in.
-- +goose StatementBegin
create function set_pin_area() returns trigger
language plpgsql as $$
begin
  new.area_id := area_at(new.district_id, new.geom);
  return new;
end
$$;
-- +goose StatementEnd

create trigger set_pin_area_on_insert
before insert on pins
for each row when (new.area_id is null)
execute function set_pin_area();

create trigger set_pin_area_on_move
before update of geom on pins
for each row when (old.geom is distinct from new.geom)
execute function set_pin_area();

-- +goose StatementBegin
create function reassign_pins() returns trigger
language plpgsql as $$
declare
  district int := coalesce(new.district_id, old.district_id);
begin
  update pins
  set area_id = area_at(district_id, geom)
  where district_id = district
    and area_id is distinct from area_at(district_id, geom);
  return null;
end
$$;
-- +goose StatementEnd

create trigger reassign_pins
after insert or delete or update of boundary, position on areas
for each row execute function reassign_pins();

-- +goose StatementBegin
create function release_pins() returns trigger
language plpgsql as $$
begin
  update pins set area_id = null where district_id = old.district_id and area_id = old.area_id;
  return old;
end
$$;
-- +goose StatementEnd

create trigger release_pins
before delete on areas
for each row execute function release_pins();

-- +goose Down
drop table pin_contributors;
drop table pins;
drop table contributors;
drop table sources;
drop function set_pin_area;
drop function reassign_pins;
drop function release_pins;
