-- The newest public things of kinds and an area that were first public from one day to
-- another, of each kind from its index.
select thing_id, newest.kind, publication, state, version, title, coalesce(area_id, 0), 0, coalesce(owner_id, 0), '', published_on - date '1970-01-01'
from unnest(@kinds::text[]) as given (kind)
cross join lateral (
  select *
  from things
  where district_id = @district
    and kind = given.kind
    and kind <> 'pin'
    and publication = 'published'
    and published_on is not null
    and (@area = 0 or area_id = @area)
    and (@from::date is null or published_on >= @from)
    and (@to::date is null or published_on <= @to)
  order by published_on desc, thing_id desc
  limit @limit
) as newest
order by published_on desc, thing_id desc
limit @limit
