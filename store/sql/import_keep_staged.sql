-- Sets the kept fields of the staged rows to what their pins say, and forgets that
-- these rows differ: they are compared again.
with kept as (
  select row, pin_id, array_agg(field) as fields
  from kept_fields
  group by row, pin_id
),
forgotten as (
  delete from changed
  where row in (select row from kept)
)
update staged
set title = case when 'title' = any(fields) then pins.title else staged.title end,
  body = case when 'body' = any(fields) then pins.body else staged.body end,
  status = case when 'status' = any(fields) then pins.status else staged.status end,
  category_id = case when 'category' = any(fields) then pins.category_id else staged.category_id end,
  kind = case when 'category' = any(fields) then pins.kind else staged.kind end,
  visibility = case when 'category' = any(fields) then pins.visibility else staged.visibility end,
  geom = case when 'place' = any(fields) then pins.geom else staged.geom end,
  cell = case when 'place' = any(fields) then pins.cell else staged.cell end,
  shown = case when 'place' = any(fields) then pins.shown else staged.shown end,
  shown_cell = case when 'place' = any(fields) then pins.shown_cell else staged.shown_cell end,
  area_id = case when 'place' = any(fields) then pins.area_id else staged.area_id end,
  shown_area_id = case when 'place' = any(fields) then pins.shown_area_id else staged.shown_area_id end
from kept
join pins
  on pins.district_id = @district
  and pins.pin_id = kept.pin_id
where staged.row = kept.row
