-- Returns the number of staged rows that have no id of their own, and would
-- overwrite a pin of another content that has the same row number.
select count(*)
from staged
join pins
  on pins.district_id = @district
  and pins.source_id = @source
  and pins.external_id = staged.external_id
where staged.external_id = 'row ' || staged.row
  and (
    (pins.category_id, pins.status, pins.title, pins.body, pins.cell, pins.reported_on)
      is distinct from
    (staged.category_id, staged.status, staged.title, staged.body, staged.cell, staged.reported_on)
  )
