-- Returns the number of changed rows that have no id of their own, and would
-- overwrite a pin of another content that has the same row number.
select count(*)
from changed
join staged using (row)
join pins
  on pins.district_id = @district
  and pins.pin_id = changed.pin_id
where staged.external_id = 'row ' || staged.row
  and (
    (pins.category_id, pins.status, pins.title, pins.body, pins.cell, pins.reported_on)
      is distinct from
    (staged.category_id, staged.status, staged.title, staged.body, staged.cell, staged.reported_on)
  )
