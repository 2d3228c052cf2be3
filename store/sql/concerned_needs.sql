-- The needs that things concern, which are @ids: those among them, those that they
-- answer, that are evidence for them, or that are so for what they answer.
with recursive concerned (thing_id) as (
  select unnest(@ids::bigint[])
  union
  select cause_id
  from concerned
  join causes on district_id = @district
    and result_id = thing_id
    and relation in ('answers', 'evidence_for')
)
select pin_id
from concerned
join pins on pins.district_id = @district
  and pin_id = thing_id
where kind = 'need'
  and publication = 'published'
order by pin_id
