-- Those of the things @ids, or with @results those and what came of them, that have a
-- pin among their causes that the public only counts, with whether each has a place.
with recursive results (thing_id) as (
  select unnest(@ids::bigint[])
  union
  select result_id
  from results
  cross join lateral results_of(@district, thing_id)
  where @results
),
origins (result_id, thing_id) as (
  select thing_id, thing_id
  from results
  union
  select origins.result_id, cause_id
  from origins
  cross join lateral causes_of(@district, thing_id)
)
select thing_id, things.publication = 'published', geom is not null, things.kind, content
from things
join contents using (district_id, thing_id)
where district_id = @district
  and thing_id in (
    select result_id
    from origins
    join pins on pins.district_id = @district
      and pin_id = origins.thing_id
    where visibility = 'hex'
  )
order by thing_id
