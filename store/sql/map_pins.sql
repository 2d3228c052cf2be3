-- What the live index needs of the pins changed since a mark: their shown places
-- only, so that an exact one never reaches the map. A first reading (since 0)
-- needs no removals.
copy (
  select district_id, pin_id, st_x(shown), st_y(shown), shown_cell, category_id, status,
    area_id, reported_on - date '1970-01-01', publication <> 'published'
  from pins
  where changed >= @since
    and (@since <> '0'::xid8 or publication = 'published')
) to stdout (format binary)
