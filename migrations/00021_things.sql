-- What things of all kinds have in common. A pin has its row from the trigger, by
-- whichever statement it is written; a change that concerns its readers, which
-- sets updated_at, makes a new version. Ids are unique among things of all kinds.
-- +goose Up
alter sequence pin_ids rename to thing_ids;
alter sequence thing_ids owned by none;

create table things (
  district_id int not null,
  thing_id bigint not null default nextval('thing_ids'),
  kind text not null check (kind in ('pin')),
  publication text not null check (publication in ('unconfirmed', 'pending', 'published', 'merged', 'hidden', 'withdrawn')),
  version int not null default 1 check (version > 0),
  title text not null,
  area_id int, -- of the exact place, for staff
  reporter_id bigint, -- the contact who submitted it
  primary key (district_id, thing_id)
);
create index things_waiting on things (district_id, thing_id) where publication = 'pending';
create index things_reporter on things (district_id, reporter_id) where reporter_id is not null;

insert into things (district_id, thing_id, kind, publication, title, area_id)
select district_id, pin_id, 'pin', publication, title, area_id
from pins
order by district_id, pin_id;

insert into audit (district_id, actor_id, action)
select distinct district_id, actor_id, 'migrate'
from pins, actors
where actors.kind = 'system';

insert into audit_unsealed (audit_id)
select audit_id
from audit
where action = 'migrate';

-- +goose StatementBegin
create function add_things_of_pins() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  insert into things (district_id, thing_id, kind, publication, title, area_id)
  select district_id, pin_id, 'pin', publication, title, area_id
  from added
  on conflict (district_id, thing_id) do nothing; -- a writer may add it before the pin
  return null;
end
$$;
-- +goose StatementEnd

create trigger add_things after insert on pins
referencing new table as added
for each statement execute function add_things_of_pins();

-- +goose StatementBegin
create function update_things_of_pins() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  update things
  set publication = altered.publication,
    title = altered.title,
    area_id = altered.area_id,
    version = version + case when altered.updated_at is distinct from former.updated_at then 1 else 0 end
  from altered
  join former using (district_id, pin_id)
  where things.district_id = altered.district_id
    and things.thing_id = altered.pin_id
    and (altered.updated_at, altered.publication, altered.title, altered.area_id)
      is distinct from (former.updated_at, former.publication, former.title, former.area_id);
  return null;
end
$$;
-- +goose StatementEnd

create trigger update_things after update on pins
referencing old table as former new table as altered
for each statement execute function update_things_of_pins();

-- +goose StatementBegin
create function delete_things_of_pins() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  delete from things
  using removed
  where things.district_id = removed.district_id
    and things.thing_id = removed.pin_id;
  return null;
end
$$;
-- +goose StatementEnd

create trigger delete_things after delete on pins
referencing old table as removed
for each statement execute function delete_things_of_pins();

-- +goose StatementBegin
create function delete_things_of_all_pins() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  delete from things where kind = 'pin';
  return null;
end
$$;
-- +goose StatementEnd

create trigger delete_things_of_all after truncate on pins
for each statement execute function delete_things_of_all_pins();

-- Relations between things, each stored once and read from both ends.
create table links (
  district_id int not null,
  from_id bigint not null,
  relation text not null check (relation in ('duplicate_of')),
  to_id bigint not null check (to_id <> from_id),
  created_at timestamptz not null default now(),
  primary key (district_id, from_id, relation, to_id),
  foreign key (district_id, from_id) references things on delete cascade,
  foreign key (district_id, to_id) references things on delete cascade
);
create index links_to on links (district_id, to_id, relation);
create unique index links_duplicate on links (district_id, from_id) where relation = 'duplicate_of';
