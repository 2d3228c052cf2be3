-- What is near a place: what waits in the areas, by its exact place, and what is
-- public, by its shown place, which is at most @blur degrees away from the exact
-- one. Outside of the areas, only places that are public are told.
select pin_id, category_id, publication, title, body, st_x(geom), st_y(geom), reported_on - date '1970-01-01'
from (
  select pin_id, category_id, publication, title, body, geom, reported_on
  from pins
  where district_id = @district
    and publication = 'pending'
    and geom && st_makeenvelope(@west, @south, @east, @north, 4326)
    and (@areas::int[] is null or area_id = any(@areas))
  union all
  select pin_id, category_id, publication, title, body, geom, reported_on
  from pins
  where district_id = @district
    and publication = 'published'
    and visibility <> 'hex'
    and shown && st_expand(st_makeenvelope(@west, @south, @east, @north, 4326), @blur)
    and geom && st_makeenvelope(@west, @south, @east, @north, 4326)
    and (@areas::int[] is null or area_id = any(@areas) or visibility = 'point')
) as near
where pin_id <> @id
order by geom <-> st_setsrid(st_makepoint(@lon, @lat), 4326), pin_id
limit @limit
