-- The things of a district. More conditions follow.
select thing_id, things.kind, things.publication, coalesce(pins.status, state), version, things.title,
  coalesce(things.area_id, 0), coalesce(reporter_id, 0), coalesce(owner_id, 0)
from things
left join pins on pins.district_id = things.district_id and pin_id = thing_id
where things.district_id = @district
