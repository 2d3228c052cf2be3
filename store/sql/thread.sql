-- A thing with all from which it came (at distances below 0) and all that came of
-- it.
with recursive before (thing_id, distance) as (
  select @thing::bigint, 0
  union
  select cause_id, distance - 1
  from before
  cross join lateral causes_of(@district, thing_id)
  where distance > -@most::int
),
after (thing_id, distance) as (
  select @thing::bigint, 0
  union
  select result_id, distance + 1
  from after
  cross join lateral results_of(@district, thing_id)
  where distance < @most::int
),
nearest as (
  select thing_id, (array_agg(distance order by abs(distance)))[1] as distance
  from (
    select thing_id, distance
    from before
    union all
    select thing_id, distance
    from after
  ) as reached
  group by thing_id
  order by min(abs(distance)), thing_id
  limit @things
)
select things.thing_id, things.kind, things.publication, coalesce(pins.status, things.state), things.version, things.title,
  coalesce(things.area_id, 0), coalesce(things.reporter_id, 0), coalesce(things.owner_id, 0),
  distance, coalesce(pins.visibility = 'hex', false), coalesce(pins.kind, ''), coalesce(pins.reported_on - date '1970-01-01', 0),
  coalesce(contents.due_on - date '1970-01-01', 0), st_x(place), st_y(place)
from nearest
join things on things.district_id = @district
  and things.thing_id = nearest.thing_id
left join pins on pins.district_id = @district
  and pins.pin_id = nearest.thing_id
left join contents on contents.district_id = @district
  and contents.thing_id = nearest.thing_id
cross join lateral (select coalesce(case when pins.visibility <> 'hex' then pins.shown end, contents.geom)) as at (place)
order by distance, things.thing_id
