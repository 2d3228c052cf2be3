-- The needs that things concern, which are @ids: those among them, those that they
-- answer, that are evidence for them, or that are so for what they answer.
with recursive concerned (thing_id) as (
  select unnest(@ids::bigint[])
  union
  select next.thing_id
  from concerned
  cross join lateral (
    select to_id
    from links
    where district_id = @district
      and from_id = concerned.thing_id
      and relation = 'answers'
    union all
    select from_id
    from links
    where district_id = @district
      and to_id = concerned.thing_id
      and relation = 'evidence_for'
  ) as next (thing_id)
)
select pin_id
from concerned
join pins on pins.district_id = @district
  and pin_id = thing_id
where kind = 'need'
  and publication = 'published'
order by pin_id
