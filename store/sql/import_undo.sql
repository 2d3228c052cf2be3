-- Puts back what a batch changed: created pins are deleted, updated ones get
-- their former content.
with removed as (
  delete from pins
  using import_changes c
  where pins.district_id = @district
    and c.district_id = @district
    and c.import_id = @import
    and c.pin_id = pins.pin_id
    and c.before is null
  returning pins.pin_id
),
restored as (
  update pins
  set category_id = was.category_id,
    kind = was.kind,
    status = was.status,
    title = was.title,
    body = was.body,
    geom = was.geom,
    cell = was.cell,
    shown = was.shown,
    shown_cell = was.shown_cell,
    reported_on = was.reported_on,
    updated_at = was.updated_at
  from import_changes c,
    jsonb_populate_record(null::pins, c.before) as was
  where pins.district_id = @district
    and c.district_id = @district
    and c.import_id = @import
    and c.pin_id = pins.pin_id
    and c.before is not null
  returning pins.pin_id
),
closed as (
  update imports
  set undone_at = now()
  where district_id = @district
    and import_id = @import
)
select (select count(*) from removed), (select count(*) from restored)
