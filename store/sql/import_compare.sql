-- Inserts into changed the staged rows, whose external ids are distinct, that are
-- new or whose content differs from that of their pin: all of them, or with @kept
-- those of which fields are kept. The caller has disabled nested loops: statistics
-- know nothing of a new district, and the planner would choose them for a million
-- rows.
insert into changed (row, pin_id, updated_at)
select staged.row, pins.pin_id, pins.updated_at
from staged
left join pins
  on pins.district_id = @district
  and pins.source_id = @source
  and pins.external_id = staged.external_id
where (not @kept or staged.row in (select row from kept_fields))
  and (
    pins.pin_id is null
    or (pins.category_id, pins.status, pins.title, pins.body, pins.cell, pins.shown_cell, pins.reported_on)
      is distinct from
      (staged.category_id, staged.status, staged.title, staged.body, staged.cell, staged.shown_cell, staged.reported_on)
    or not st_orderingequals(pins.geom, staged.geom)
  )
