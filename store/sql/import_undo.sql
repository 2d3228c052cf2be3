-- Undoes an import: deletes the pins that it inserted and restores the content of
-- those that it updated, except for @kept. What it said of fields that people have
-- changed is forgotten.
with deleted as (
  delete from pins
  where district_id = @district
    and import_id = @import
    and pin_id <> all(@kept)
  returning pin_id
),
restored as (
  update pins
  set category_id = former.category_id,
    kind = former.kind,
    visibility = former.visibility,
    status = former.status,
    title = former.title,
    body = former.body,
    geom = former.geom,
    cell = former.cell,
    shown = former.shown,
    shown_cell = former.shown_cell,
    reported_on = former.reported_on,
    updated_at = former.updated_at
  from import_changes c,
    jsonb_populate_record(null::pins, c.before) as former
  where pins.district_id = @district
    and c.district_id = @district
    and c.import_id = @import
    and c.pin_id = pins.pin_id
    and c.pin_id <> all(@kept)
  returning pins.pin_id
),
forgotten as (
  update edited_fields
  set imported = seen,
    import_id = null
  where district_id = @district
    and import_id = @import
),
marked as (
  update imports
  set undone_at = now()
  where district_id = @district
    and import_id = @import
)
select (select count(*) from deleted), (select count(*) from restored)
