-- Pins that wait for a moderator, oldest first.
select things.thing_id, things.kind, things.publication, pins.status, things.version, things.title,
  coalesce(things.area_id, 0), coalesce(things.reporter_id, 0),
  pins.body, pins.category_id, st_x(pins.geom), st_y(pins.geom), pins.reported_on - date '1970-01-01', pins.created_at
from pins
join things on things.district_id = pins.district_id
  and things.thing_id = pins.pin_id
where pins.district_id = @district
  and pins.publication = 'pending'
  and (@category = 0 or pins.category_id = @category)
  and (@areas::int[] is null or pins.area_id = any(@areas))
  and (@flag = 0 or things.publication = 'pending' and things.flags > 0 and things.flags & @flag <> 0)
  and (@from::timestamptz is null or pins.created_at >= @from)
  and (@until::timestamptz is null or pins.created_at < @until)
  and (@after::timestamptz is null or (pins.created_at, pins.pin_id) > (@after, @after_id))
order by pins.created_at, pins.pin_id
limit @limit
