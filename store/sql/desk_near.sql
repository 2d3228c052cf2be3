-- What is near a place: what waits, by its exact place, and what is public, by
-- its shown place, which is at most @blur degrees away from the exact one.
select pin_id, category_id, publication, title, body, st_x(geom), st_y(geom), reported_on - date '1970-01-01'
from (
  select pin_id, category_id, publication, title, body, geom, reported_on
  from pins
  where district_id = @district
    and publication = 'pending'
    and geom && st_makeenvelope(@west, @south, @east, @north, 4326)
  union all
  select pin_id, category_id, publication, title, body, geom, reported_on
  from pins
  where district_id = @district
    and publication = 'published'
    and visibility <> 'hex'
    and shown && st_expand(st_makeenvelope(@west, @south, @east, @north, 4326), @blur)
    and geom && st_makeenvelope(@west, @south, @east, @north, 4326)
) as near
join categories using (category_id)
where categories.district_id = @district
  and categories.kind = @kind
  and pin_id <> @id
order by geom <-> st_setsrid(st_makepoint(@lon, @lat), 4326), pin_id
limit @limit
