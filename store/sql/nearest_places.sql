-- The name of the place that is nearest to each point, "" where there is none
-- near. Addresses are left out: they would say of a cell what nobody reported.
select coalesce(nearest.name, '')
from unnest(@lons::float8[], @lats::float8[]) with ordinality as asked (lon, lat, position)
left join lateral (
  select name
  from places
  where district_id = @district
    and kind <> 'address'
    and geom && st_expand(st_setsrid(st_makepoint(lon, lat), 4326), @near)
  order by geom <-> st_setsrid(st_makepoint(lon, lat), 4326), place_id
  limit 1
) as nearest on true
order by position
