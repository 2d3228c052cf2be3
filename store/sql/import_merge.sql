-- Merges the staged rows, whose external ids are distinct, into the pins: it
-- inserts those with a new external id and updates those whose content differs.
-- The publication of a known pin stays as a moderator left it. import_changes
-- receives each updated pin as it was before, so that the import can be undone.
-- The caller has disabled nested loops: statistics know nothing of a new
-- district, and the planner would choose them for a million rows.
with known as materialized (
  select staged.row, pins.pin_id, differs,
    case when differs then to_jsonb(pins) - 'search' - 'changed'
      || jsonb_build_object('geom', encode(st_asewkb(pins.geom), 'hex'), 'shown', encode(st_asewkb(pins.shown), 'hex'))
    end as before
  from staged
  join pins
    on pins.district_id = @district
    and pins.source_id = @source
    and pins.external_id = staged.external_id
  cross join lateral (
    select (pins.category_id, pins.status, pins.title, pins.body, pins.cell, pins.shown_cell, pins.reported_on)
        is distinct from
      (staged.category_id, staged.status, staged.title, staged.body, staged.cell, staged.shown_cell, staged.reported_on)
        or not st_orderingequals(pins.geom, staged.geom) as differs
  ) as comparison
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
  from known
  join staged using (row)
  where known.differs
    and pins.district_id = @district
    and pins.pin_id = known.pin_id
  returning pins.pin_id
),
batch_id as materialized (
  select coalesce(max(import_id), 0) + 1 as import_id
  from imports
  where district_id = @district
),
created as (
  insert into pins (district_id, category_id, kind, visibility, publication, status, title, body,
    geom, cell, shown, shown_cell, area_id, shown_area_id, reported_on, source_id, external_id, import_id)
  select @district, category_id, kind, visibility, 'published', status, title, body,
    geom, cell, shown, shown_cell, area_id, shown_area_id, reported_on, @source, external_id, (select import_id from batch_id)
  from staged
  where not exists (select from known where known.row = staged.row)
  returning pin_id
),
batch as (
  insert into imports (district_id, import_id, source_id, file_name, read, created, updated, unchanged, rejected)
  select @district, import_id, @source, @file_name, @read,
    (select count(*) from created), (select count(*) from updated), (select count(*) from known where not differs), @rejected
  from batch_id
  returning import_id, created, updated, unchanged
),
recorded as (
  insert into import_changes (district_id, import_id, pin_id, before)
  select @district, batch.import_id, known.pin_id, known.before
  from batch, known
  where known.differs
)
select import_id, created, updated, unchanged from batch
