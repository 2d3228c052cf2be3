-- Erases the words of pins, and the exact places that the public has not seen.
update pins
set publication = erased.publication,
  title = @title,
  body = '',
  search = array_to_tsvector(@words::text[]),
  geom = shown,
  cell = shown_cell,
  area_id = shown_area_id,
  updated_at = now()
from unnest(@ids::bigint[], @publications::text[]) as erased (id, publication)
where district_id = @district
  and pin_id = erased.id
