-- The practicums that are public, and began a year before @today: on the day that they
-- state, or else on that on which they were first published.
select thing_id
from things
join contents using (district_id, thing_id)
cross join lateral (
  select coalesce((content #>> '{words,begins}')::date, (min(happened_at) at time zone @zone)::date)
  from audit
  where audit.district_id = @district
    and audit.thing_id = things.thing_id
    and state_after = 'published'
) as first (began)
where district_id = @district
  and things.kind = 'practicum'
  and publication = 'published'
  and reporter_id is not null
  and began + interval '1 year' <= @today::date
order by thing_id
