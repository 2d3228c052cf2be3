-- Merges the staged rows, whose external ids are distinct, into the pins: it
-- inserts those with a new external id and updates those whose content differs;
-- it does nothing more with the others. The publication of a known pin stays as
-- a moderator left it. import_changes receives each updated pin as it was before,
-- so that the import can be undone. The caller has disabled nested loops:
-- statistics know nothing of a new district, and the planner would choose them
-- for a million rows.
with changed as materialized (
  select staged.row, pins.pin_id -- null for a new pin
  from staged
  left join pins
    on pins.district_id = @district
    and pins.source_id = @source
    and pins.external_id = staged.external_id
  where pins.pin_id is null
    or (pins.category_id, pins.status, pins.title, pins.body, pins.cell, pins.shown_cell, pins.reported_on)
        is distinct from
      (staged.category_id, staged.status, staged.title, staged.body, staged.cell, staged.shown_cell, staged.reported_on)
    or not st_orderingequals(pins.geom, staged.geom)
),
updated as (
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
    updated_at = now()
  from changed
  join staged using (row)
  where pins.district_id = @district
    and pins.pin_id = changed.pin_id
  returning pins.pin_id
),
created as (
  insert into pins (district_id, category_id, kind, visibility, publication, status, title, body,
    geom, cell, shown, shown_cell, area_id, shown_area_id, reported_on, source_id, external_id, import_id)
  select @district, category_id, kind, visibility, 'published', status, title, body,
    geom, cell, shown, shown_cell, area_id, shown_area_id, reported_on, @source, external_id, @import
  from changed
  join staged using (row)
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
  from changed
  join pins using (pin_id)
  where pins.district_id = @district
)
select created, updated, unchanged from batch
