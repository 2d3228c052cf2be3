-- A thing with all from which it came (at distances below 0) and all that came of
-- it, by links that say which of their ends came of the other: what answers, uses,
-- is part or is the profile of something came of it, and what has evidence, takes
-- up partners, discusses or results came of that.
with recursive causes (thing_id, distance) as (
  select @thing::bigint, 0
  union
  select next.thing_id, distance - 1
  from causes
  cross join lateral (
    select to_id
    from links
    where district_id = @district
      and from_id = causes.thing_id
      and relation in ('answers', 'uses', 'part_of', 'profile_of')
    union all
    select from_id
    from links
    where district_id = @district
      and to_id = causes.thing_id
      and relation in ('evidence_for', 'takes_part', 'discussed_at', 'resulted_in')
  ) as next (thing_id)
  where distance > -@most::int
),
results (thing_id, distance) as (
  select @thing::bigint, 0
  union
  select next.thing_id, distance + 1
  from results
  cross join lateral (
    select from_id
    from links
    where district_id = @district
      and to_id = results.thing_id
      and relation in ('answers', 'uses', 'part_of', 'profile_of')
    union all
    select to_id
    from links
    where district_id = @district
      and from_id = results.thing_id
      and relation in ('evidence_for', 'takes_part', 'discussed_at', 'resulted_in')
  ) as next (thing_id)
  where distance < @most::int
),
nearest as (
  select thing_id, (array_agg(distance order by abs(distance)))[1] as distance
  from (
    select thing_id, distance
    from causes
    union all
    select thing_id, distance
    from results
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
