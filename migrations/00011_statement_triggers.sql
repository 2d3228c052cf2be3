-- The triggers that keep the areas of pins run once a statement, not once a
-- row; only stamp, which sets a column of its own row, still does. Writers set
-- both areas themselves; the triggers correct what does not follow the
-- boundaries in force, also when these change at the same time: both sides lock
-- the row of the district, and writers of many pins do so first. So no foreign
-- key to the areas is needed, whose check of every row would cost an import a
-- tenth of its time. Nor is one to the sources, which only imports write.
--
-- Every function has a search path, since pg_restore runs with an empty one.
-- Conditions of triggers use functions, not the operators of PostGIS, which
-- pg_dump writes in a form that needs a search path ("is distinct from").
-- +goose Up
alter table pins
  drop constraint pins_district_id_area_id_fkey,
  drop constraint pins_district_id_source_id_fkey;
drop trigger set_pin_area_on_insert on pins;
drop trigger if exists set_pin_area_on_move on pins; -- pg_restore could not create it
drop function set_pin_area;
drop trigger reassign_pins on areas;
drop function reassign_pins;
drop trigger release_pins on areas;
drop function release_pins;
drop function area_at;
drop trigger stamp on pins;
drop trigger stamp_district on areas;
drop trigger stamp_district on categories;
drop function stamp_district;

-- area_at is the first area, in order of position, that covers a place: the same
-- rule as civic.Acceptor.AreaAt.
-- +goose StatementBegin
create function area_at(district int, place geometry) returns int
language sql stable parallel safe
begin atomic
  select area_id
  from areas
  where district_id = district
    and boundary && place
    and st_covers(boundary, place)
  order by position, area_id
  limit 1;
end;
-- +goose StatementEnd

-- A pin that is shown at its exact location has the same area twice. A writer of
-- many pins may state in the setting pinezka.placed_as_of which stamp of the
-- district its areas follow; nothing needs to be corrected while it is the same.
-- +goose StatementBegin
create function place_pins() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from placed) then
    return null;
  end if;
  perform
  from districts
  where district_id in (select district_id from placed)
  order by district_id
  for share;
  if (
    select bool_and(changed::text = current_setting('pinezka.placed_as_of', true))
    from districts
    where district_id in (select district_id from placed)
  ) then
    return null;
  end if;
  with checked as materialized (
    select district_id, pin_id, visibility, shown, area_id, shown_area_id, area_at(district_id, geom) as exact
    from placed
  )
  update pins
  set area_id = wrong.exact,
    shown_area_id = wrong.public
  from (
    select district_id, pin_id, area_id, shown_area_id, exact,
      case when visibility = 'point' then exact else area_at(district_id, shown) end as public
    from checked
    offset 0 -- so that the areas are looked up once
  ) as wrong
  where pins.district_id = wrong.district_id
    and pins.pin_id = wrong.pin_id
    and (wrong.area_id, wrong.shown_area_id) is distinct from (wrong.exact, wrong.public);
  return null;
end
$$;
-- +goose StatementEnd

create trigger place_pins_on_insert after insert on pins
referencing new table as placed
for each statement execute function place_pins();

create trigger place_pins_on_update after update on pins
referencing new table as placed
for each statement execute function place_pins();

-- A change of the categories of a district stamps the district.
-- +goose StatementBegin
create function stamp_districts() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  update districts
  set changed = pg_current_xact_id()
  where district_id in (select district_id from altered);
  return null;
end
$$;
-- +goose StatementEnd

create trigger stamp_districts_on_insert after insert on categories
referencing new table as altered
for each statement execute function stamp_districts();

create trigger stamp_districts_on_update after update on categories
referencing new table as altered
for each statement execute function stamp_districts();

create trigger stamp_districts_on_delete after delete on categories
referencing old table as altered
for each statement execute function stamp_districts();

-- A change of the areas of a district stamps, and so locks, the district before
-- it reads the pins: those that are being written wait, or have been written.
-- +goose StatementBegin
create function reassign_pins() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  update districts
  set changed = pg_current_xact_id()
  where district_id in (select district_id from altered);
  if tg_op = 'UPDATE' then -- a condition of its own: only an update has the table former
    if not exists (
      select
      from altered
      left join former using (district_id, area_id)
      where former.area_id is null
        or former.position <> altered.position
        or not st_orderingequals(former.boundary, altered.boundary)
    ) then
      return null;
    end if;
  end if;
  update pins
  set area_id = assigned.exact,
    shown_area_id = assigned.public
  from (
    select district_id, pin_id, area_at(district_id, geom) as exact, area_at(district_id, shown) as public
    from pins
    where district_id in (select district_id from altered)
    offset 0
  ) as assigned
  where pins.district_id = assigned.district_id
    and pins.pin_id = assigned.pin_id
    and (pins.area_id, pins.shown_area_id) is distinct from (assigned.exact, assigned.public);
  return null;
end
$$;
-- +goose StatementEnd

create trigger reassign_pins_on_insert after insert on areas
referencing new table as altered
for each statement execute function reassign_pins();

create trigger reassign_pins_on_update after update on areas
referencing old table as former new table as altered
for each statement execute function reassign_pins();

create trigger reassign_pins_on_delete after delete on areas
referencing old table as altered
for each statement execute function reassign_pins();

-- A new pin has the stamp that is the default of its column.
create trigger stamp before update on pins for each row execute function stamp();

-- The other functions of triggers get a search path as well.
alter function bury_pins() set search_path = public, pg_temp;
alter function bury_district() set search_path = public, pg_temp;
alter function keep_area_version() set search_path = public, pg_temp;
