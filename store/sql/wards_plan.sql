-- What becomes of each ward of a district when those that are given are its wards
-- from the day @from on, with the days of its last boundary, and the share of the
-- district that the given ones cover.
with given as (
  select slug, number, name, boundary, position
  from unnest(@slugs::text[], @numbers::text[], @names::jsonb[], @boundaries::geometry[]) with ordinality
    as given (slug, number, name, boundary, position)
),
last as (
  select distinct on (slug) slug, number, name, boundary, position, valid_from, valid_until
  from wards
  where district_id = @district
  order by slug, version desc
)
select slug,
  case
    when given.slug is null then 'ended'
    when last.slug is null or valid_until is not null then 'added'
    when not st_equals(given.boundary, last.boundary) then case when valid_from = @from::date then 'corrected' else 'redrawn' end
    when (given.number, given.name, given.position) is distinct from (last.number, last.name, last.position::bigint) then 'corrected'
    else 'same'
  end,
  coalesce(coalesce(valid_until, valid_from) - date '1970-01-01', 0)
from given
full join last using (slug)
where given.slug is not null
   or valid_until is null
order by slug
