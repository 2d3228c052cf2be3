-- What the live index follows. Every write stamps the row with its transaction
-- id; a follower reads "where changed >= @since", with @since the xmin of its
-- previous snapshot, and can so re-read a row but never miss one. What is
-- deleted leaves a tombstone. A change of a district's areas or categories
-- stamps the district.
-- +goose Up
alter table districts add changed xid8 not null default pg_current_xact_id();
alter table pins add changed xid8 not null default pg_current_xact_id();

create index pins_changed on pins (changed);

create table tombstones (
  district_id int not null, -- no reference: it outlives its district
  pin_id bigint not null default 0, -- 0: the district itself
  changed xid8 not null default pg_current_xact_id(),
  primary key (district_id, pin_id)
);
create index tombstones_changed on tombstones (changed);

-- +goose StatementBegin
create function stamp() returns trigger
language plpgsql as $$
begin
  new.changed := pg_current_xact_id();
  return new;
end
$$;
-- +goose StatementEnd

create trigger stamp before insert or update on pins for each row execute function stamp();
create trigger stamp before insert or update on districts for each row execute function stamp();

-- +goose StatementBegin
create function stamp_district() returns trigger
language plpgsql as $$
begin
  update districts set changed = pg_current_xact_id()
  where district_id = coalesce(new.district_id, old.district_id)
    and changed <> pg_current_xact_id();
  return null;
end
$$;
-- +goose StatementEnd

create trigger stamp_district after insert or update or delete on areas
for each row execute function stamp_district();
create trigger stamp_district after insert or update or delete on categories
for each row execute function stamp_district();

-- +goose StatementBegin
create function bury_pins() returns trigger
language plpgsql as $$
begin
  insert into tombstones (district_id, pin_id)
  select district_id, pin_id from removed
  on conflict (district_id, pin_id) do update set changed = pg_current_xact_id();
  return null;
end
$$;
-- +goose StatementEnd

create trigger bury_pins after delete on pins
referencing old table as removed
for each statement execute function bury_pins();

-- +goose StatementBegin
create function bury_district() returns trigger
language plpgsql as $$
begin
  insert into tombstones (district_id) values (old.district_id)
  on conflict (district_id, pin_id) do update set changed = pg_current_xact_id();
  return null;
end
$$;
-- +goose StatementEnd

create trigger bury_district after delete on districts
for each row execute function bury_district();

-- Transaction ids belong to one cluster. After a dump is restored into another,
-- whose system identifier differs, every stamp is set anew, once.
create table cluster_identity (
  only_row boolean primary key default true check (only_row),
  system_identifier bigint not null
);
insert into cluster_identity (system_identifier) select system_identifier from pg_control_system();

-- +goose Down
drop table cluster_identity;
drop table tombstones;
drop trigger stamp_district on categories;
drop trigger stamp_district on areas;
drop trigger bury_district on districts;
drop trigger bury_pins on pins;
drop trigger stamp on districts;
drop trigger stamp on pins;
drop function bury_district;
drop function bury_pins;
drop function stamp_district;
drop function stamp;
alter table pins drop column changed;
alter table districts drop column changed;
