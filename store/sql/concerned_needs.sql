-- The needs that things concern, which are @ids: those among them, those that they
-- answer, that are evidence for them, or that are so for what they answer.
with recursive concerned (thing_id) as (
  select unnest(@ids::bigint[])
  union
  select cause_id
  from concerned
  cross join lateral causes_of(@district, thing_id)
  where relation in ('answers', 'evidence_for')
)
select pin_id
from pins
where district_id = @district
  and pin_id = any(array(select thing_id from concerned))
  and kind = 'need'
  and publication = 'published'
order by pin_id
