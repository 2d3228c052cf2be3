-- Copies what the live index needs of the pins that have changed since a
-- position. It reads their shown locations and areas only, so that no exact
-- location reaches the map; of a pin that is published only in counts, it reads
-- the month, and no status. The first reading, from 0, needs only public pins.
copy (
  select district_id, pin_id, st_x(shown), st_y(shown), shown_cell, category_id,
    case when visibility <> 'hex' then status when kind = 'need' then 'reported' else 'active' end,
    shown_area_id,
    case when visibility <> 'hex' then reported_on else date_trunc('month', reported_on)::date end - date '1970-01-01',
    publication <> 'published', visibility = 'hex'
  from pins
  where (changed >= @next or changed = any(@open))
    and (@next <> '0'::xid8 or publication = 'published')
) to stdout (format binary)
