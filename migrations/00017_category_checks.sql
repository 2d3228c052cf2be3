-- That the district has the category, kind and visibility of each pin is checked
-- once a statement. The foreign key checked every row, which took an import a
-- tenth of its time. As with areas, both sides lock the row of the district
-- before they read the rows of the other, so that a pin and a change of its
-- category, written at the same time, do not both commit. A violation is
-- reported as that of a foreign key.
-- +goose Up
alter table pins drop constraint pins_district_id_category_id_kind_visibility_fkey;
alter table categories drop constraint categories_district_id_category_id_kind_visibility_key;

-- +goose StatementBegin
create or replace function place_pins() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  districts_of_placed int[] := array(select distinct district_id from placed);
begin
  if districts_of_placed = '{}' then
    return null;
  end if;
  perform
  from districts
  where district_id = any (districts_of_placed)
  order by district_id
  for share;
  if exists (
    select
    from placed
    left join categories using (district_id, category_id, kind, visibility)
    where categories.slug is null
  ) then
    raise foreign_key_violation using
      message = 'the district has no such category with this kind and visibility',
      constraint = 'pins_category';
  end if;
  if (
    select bool_and(changed::text = current_setting('pinezka.placed_as_of', true))
    from districts
    where district_id = any (districts_of_placed)
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

-- +goose StatementBegin
create function keep_categories_of_pins() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  perform
  from districts
  where district_id in (select district_id from former)
  order by district_id
  for no key update;
  if exists (
    select
    from former
    left join categories using (district_id, category_id, kind, visibility)
    where categories.slug is null
      and exists (
        select
        from pins
        where (pins.district_id, pins.category_id, pins.kind, pins.visibility)
          = (former.district_id, former.category_id, former.kind, former.visibility)
      )
  ) then
    raise foreign_key_violation using
      message = 'pins have this category',
      detail = 'Its kind and visibility decide what is published of them.',
      constraint = 'pins_category';
  end if;
  return null;
end
$$;
-- +goose StatementEnd

create trigger keep_categories_of_pins_on_update after update on categories
referencing old table as former
for each statement execute function keep_categories_of_pins();

create trigger keep_categories_of_pins_on_delete after delete on categories
referencing old table as former
for each statement execute function keep_categories_of_pins();
