-- Copies what the live index needs of the pins that have changed since a
-- position. It reads their shown locations only, so that no exact location
-- reaches the map. The first reading, since 0, needs only public pins.
copy (
  select district_id, pin_id, st_x(shown), st_y(shown), shown_cell, category_id, status,
    area_id, reported_on - date '1970-01-01', publication <> 'published'
  from pins
  where changed >= @since
    and (@since <> '0'::xid8 or publication = 'published')
) to stdout (format binary)
