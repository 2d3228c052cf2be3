-- The numbers of voices that came in each month for the pins that a filter selects.
select date_trunc('month', given_on)::date - date '1970-01-01', count(distinct voice)
from voices(@district, array(
  select pin_id
  from pins
  where district_id = @district
    and publication = 'published'
    and visibility <> 'hex'
    and (@kinds::text[] is null or kind = any(@kinds))
    and (@categories::int[] is null or category_id = any(@categories))
    and (@statuses::text[] is null or status = any(@statuses))
    and (@areas::int[] is null or shown_area_id = any(@areas))
    and (@from::date is null or reported_on >= @from)
    and (@to::date is null or reported_on <= @to)
    and pin_id in (
      select thing_id
      from supports
      where district_id = @district
      union all
      select to_id
      from links
      where district_id = @district
        and relation = 'duplicate_of'
    )
))
group by 1
order by 1
