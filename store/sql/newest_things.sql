-- The newest public things of kinds and an area that were first public from one day to
-- another: that of the first entry of their record that made them so. Of each kind,
-- they are read from the newest one on, until there are enough of them, so that the
-- record of few is looked up, whatever the planner knows of the tables.
select thing_id, newest.kind, publication, state, version, title, coalesce(area_id, 0), 0, coalesce(owner_id, 0), '', day
from unnest(@kinds::text[]) as given (kind)
cross join lateral (
  select things.*, public.day
  from things
  cross join lateral (
    select (min(happened_at) at time zone @zone)::date - date '1970-01-01'
    from audit
    where audit.district_id = @district
      and audit.thing_id = things.thing_id
      and state_after = 'published'
  ) as public (day)
  where district_id = @district
    and kind = given.kind
    and kind <> 'pin'
    and publication = 'published'
    and (@area = 0 or area_id = @area)
    and (@from::date is null or date '1970-01-01' + day >= @from)
    and (@to::date is null or date '1970-01-01' + day <= @to)
  order by thing_id desc
  limit @limit
) as newest
order by thing_id desc
limit @limit
