-- Those of the things @ids, or with @results those and what came of them, that have a
-- pin among their causes that the public only counts, with whether each has a place.
-- What came of what is said in thread.sql.
with recursive results (thing_id) as (
  select unnest(@ids::bigint[])
  union
  select next.thing_id
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
  where @results
),
causes (result_id, thing_id) as (
  select thing_id, thing_id
  from results
  union
  select result_id, next.thing_id
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
)
select thing_id, things.publication = 'published', geom is not null, things.kind, content
from things
join contents using (district_id, thing_id)
where district_id = @district
  and thing_id in (
    select result_id
    from causes
    join pins on pins.district_id = @district
      and pin_id = causes.thing_id
    where visibility = 'hex'
  )
