-- What things of all kinds but pins say is in one table: kinds differ in their
-- fields, which the program has in a table, and in nothing that the database has
-- to know. Beside the content is what is looked up without reading it: the place,
-- the first day on which something is awaited, and the categories. A thing has a
-- state in the lifecycle of its kind, and may be of an organisation, that is of its
-- pin; pins have their state in their own rows.
-- +goose Up
alter table things drop constraint things_kind_check;
alter table things add constraint things_kind_check check (kind ~ '^[a-z_]+$');
alter table things add state text not null default '';
alter table things add owner_id bigint;

create index things_owner on things (district_id, owner_id) where owner_id is not null;
create index things_state on things (district_id, kind, state, thing_id) where kind <> 'pin';

create table contents (
  district_id int not null,
  thing_id bigint not null,
  content jsonb not null,
  geom geometry(Point, 4326), -- null for what has no place
  due_on date, -- null when nothing is awaited
  category_ids int[] not null default '{}',
  search tsvector not null default '', -- the words of the texts
  words_version int not null default 0, -- of these words
  primary key (district_id, thing_id),
  foreign key (district_id, thing_id) references things on delete cascade
);
create index contents_geom on contents using gist (geom);
create index contents_search on contents using gin (search);
create index contents_due on contents (district_id, due_on) where due_on is not null;

insert into contents (district_id, thing_id, content, geom)
select district_id, office_id,
  jsonb_build_object(
    'texts', jsonb_strip_nulls(jsonb_build_object('name', name, 'purpose', nullif(purpose, '{}'), 'hours', nullif(hours, '{}'), 'address', nullif(address, '{}'))),
    'point', jsonb_build_array(st_x(geom), st_y(geom))),
  geom
from offices;

drop trigger reassign_offices_on_insert on areas;
drop trigger reassign_offices_on_update on areas;
drop trigger reassign_offices_on_delete on areas;
drop function reassign_offices();
drop table offices;

-- Things with a place are few among the pins, so a change of boundaries sets their
-- areas anew without a condition.
-- +goose StatementBegin
create function reassign_things() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  update things
  set area_id = area_at(contents.district_id, geom)
  from contents
  where contents.district_id in (select district_id from altered)
    and geom is not null
    and things.district_id = contents.district_id
    and things.thing_id = contents.thing_id
    and things.area_id is distinct from area_at(contents.district_id, geom);
  return null;
end
$$;
-- +goose StatementEnd

create trigger reassign_things_on_insert after insert on areas
referencing new table as altered
for each statement execute function reassign_things();

create trigger reassign_things_on_update after update on areas
referencing new table as altered
for each statement execute function reassign_things();

create trigger reassign_things_on_delete after delete on areas
referencing old table as altered
for each statement execute function reassign_things();

alter table links drop constraint links_relation_check;
alter table links add constraint links_relation_check check (
  relation in ('duplicate_of', 'evidence_for', 'answers', 'uses', 'takes_part', 'part_of', 'profile_of', 'discussed_at', 'resulted_in')
);
-- An organisation has one profile.
create unique index links_profile on links (district_id, to_id) where relation = 'profile_of';
