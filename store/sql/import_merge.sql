-- Merges the changed rows into the pins: it inserts the new ones and updates the
-- others, except for one that somebody has changed since the rows were compared.
-- The publication of a known pin stays as a moderator left it.
-- import_changes receives each updated pin as it was before, so that the import
-- can be undone.
with updated as (
  update pins
  set category_id = staged.category_id,
    kind = staged.kind,
    visibility = staged.visibility,
    status = staged.status,
    title = staged.title,
    body = staged.body,
    geom = staged.geom,
    cell = staged.cell,
    shown = staged.shown,
    shown_cell = staged.shown_cell,
    area_id = staged.area_id,
    shown_area_id = staged.shown_area_id,
    reported_on = staged.reported_on,
    search = changed_words.search,
    updated_at = now()
  from changed
  join staged using (row)
  join changed_words using (row)
  where pins.district_id = @district
    and pins.pin_id = changed.pin_id
    and pins.updated_at = changed.updated_at
  returning pins.pin_id
),
created as (
  insert into pins (district_id, category_id, kind, visibility, publication, status, title, body,
    geom, cell, shown, shown_cell, area_id, shown_area_id, reported_on, search, source_id, external_id, import_id)
  select @district, category_id, kind, visibility, @publication, status, title, body,
    geom, cell, shown, shown_cell, area_id, shown_area_id, reported_on, search, @source, external_id, @import
  from changed
  join staged using (row)
  join changed_words using (row)
  where changed.pin_id is null
  returning pins.pin_id
),
counts as (
  select (select count(*) from created) as created, (select count(*) from updated) as updated
),
batch as (
  insert into imports (district_id, import_id, source_id, file_name, read, created, updated, unchanged, rejected)
  select @district, @import, @source, @file_name, @read, created, updated, @staged - created - updated, @rejected
  from counts
  returning created, updated, unchanged
),
recorded as (
  insert into import_changes (district_id, import_id, pin_id, before)
  select @district, @import, pin_id, to_jsonb(pins) - 'search' - 'changed'
    || jsonb_build_object('geom', encode(st_asewkb(geom), 'hex'), 'shown', encode(st_asewkb(shown), 'hex'))
  from updated
  join pins using (pin_id)
  where pins.district_id = @district
)
select created, updated, unchanged from batch
