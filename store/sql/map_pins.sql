-- Copies what the live index needs of what has changed since a position. Of pins,
-- it reads their shown locations and areas only, so that no exact location reaches
-- the map; the first reading, from 0, needs only public ones. A pin that is published
-- only in counts is as one that was deleted; the counts come from the cells
-- of leaves, each of whose pins is a row of its own with an id that no pin has.
copy (
  select district_id, pin_id, st_x(shown), st_y(shown), shown_cell, category_id, status, shown_area_id,
    reported_on - date '1970-01-01', publication <> 'published' or visibility = 'hex'
  from pins
  where (changed >= @next or changed = any(@open))
    and (@next <> '0'::xid8 or publication = 'published' and visibility <> 'hex')
  union all
  select district_id, (1::bigint << 53) + (cell_id << 20) + n, st_x(shown), st_y(shown), shown_cell, category_id,
    case kind when 'need' then 'reported' else 'active' end, shown_area_id, to_month - date '1970-01-01', false
  from leaf_cells
  join leaves using (district_id, leaf_id)
  join categories using (district_id, category_id)
  cross join generate_series(1, leaf_cells.pins) as n
  where leaf_cells.changed >= @next or leaf_cells.changed = any(@open)
) to stdout (format binary)
