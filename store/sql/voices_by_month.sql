-- The numbers of voices that came in each month for the pins of pins_matching.sql.
select date_trunc('month', given_on)::date - date '1970-01-01', count(distinct voice)
from voices(@district, array(
  select pin_id
  from matching
  where pin_id in (
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
