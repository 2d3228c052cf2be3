-- Of categories whose pins are published only in counts, a count of a few people
-- could tell who they are. So what is published of them are leaves: counts of
-- enough people (civic.Category.Voices), of some neighbouring cells and some months
-- that have ended. A leaf is final: its count stays, whatever becomes of its pins,
-- since a difference between two counts would tell of the pin that makes it. The
-- live index follows leaves as it follows pins, and never reads such a pin itself.
-- +goose Up
create sequence leaf_ids as bigint maxvalue 8589934591; -- under 2^33: see map_pins.sql

create table leaves (
  district_id int not null references districts on delete cascade,
  leaf_id bigint not null default nextval('leaf_ids'),
  category_id int not null,
  area_id int not null, -- of the units, when they were counted; 0 outside all areas
  first_cell bigint not null, -- of the units that are counted together, in order of cells, both included
  last_cell bigint not null,
  from_month date not null check (date_trunc('month', from_month) = from_month),
  to_month date not null check (date_trunc('month', to_month) = to_month),
  pins int not null check (pins between 1 and 1048575),
  voices int not null check (voices between 1 and pins),
  rule text not null, -- the version of disclosure.Close by which it was decided
  shown geometry(point, 4326) not null, -- where it is counted
  shown_cell bigint not null,
  shown_area_id int, -- of shown, by the present boundaries
  changed xid8 not null default pg_current_xact_id(),
  primary key (district_id, leaf_id),
  foreign key (district_id, category_id) references categories on delete cascade,
  check (from_month <= to_month),
  check (first_cell <= last_cell)
);
create index leaves_changed on leaves (changed);
create index leaves_open on leaves (district_id, category_id, area_id, to_month);

create trigger stamp before insert or update on leaves for each row execute function stamp();

create table leaf_pins (
  district_id int not null,
  pin_id bigint not null,
  leaf_id bigint not null,
  primary key (district_id, pin_id),
  foreign key (district_id, pin_id) references pins on delete cascade,
  foreign key (district_id, leaf_id) references leaves on delete cascade
);
create index leaf_pins_leaf on leaf_pins (district_id, leaf_id);
comment on table leaf_pins is 'The pins that were counted, so that none is counted twice. No public statement reads it.';

-- +goose StatementBegin
create function refuse_recount() returns trigger
language plpgsql as $$
begin
  raise exception 'a leaf is final: its count cannot be changed';
end
$$;
-- +goose StatementEnd

create trigger refuse_recount before update of category_id, area_id, first_cell, last_cell, from_month, to_month, pins, voices, rule, shown, shown_cell
on leaves for each row execute function refuse_recount();

-- +goose StatementBegin
create function reassign_leaves() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  update leaves
  set shown_area_id = assigned.area_id
  from (
    select district_id, leaf_id, area_at(district_id, shown) as area_id
    from leaves
    where district_id in (select district_id from altered)
    offset 0
  ) as assigned
  where leaves.district_id = assigned.district_id
    and leaves.leaf_id = assigned.leaf_id
    and leaves.shown_area_id is distinct from assigned.area_id;
  return null;
end
$$;
-- +goose StatementEnd

-- After those of pins, which lock the district.
create trigger reassign_pins_then_leaves_on_insert after insert on areas
referencing new table as altered
for each statement execute function reassign_leaves();

create trigger reassign_pins_then_leaves_on_update after update on areas
referencing new table as altered
for each statement execute function reassign_leaves();

create trigger reassign_pins_then_leaves_on_delete after delete on areas
referencing old table as altered
for each statement execute function reassign_leaves();
