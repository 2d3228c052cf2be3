-- The quartiles of the days that responses took which ended in a time, by area and of all
-- areas: from what began to what ended them first in it, of what is public now. A need
-- that is only counted is left out.
with ended as (
  select thing_id, action, min(happened_at) as at
  from audit
  where district_id = @district
    and action in ('publish', 'end_diagnosis', 'meet')
    and happened_at >= @from_at
    and happened_at < @until_at
  group by thing_id, action
),
taken (response, area_id, days) as (
  select case action when 'publish' then 'published' when 'end_diagnosis' then 'diagnosed' else 'met' end,
    coalesce(shown_area_id, 0),
    case action
      when 'publish' then extract(epoch from ended.at - created_at) / 86400
      else (ended.at at time zone @zone)::date - reported_on
    end
  from ended
  join pins on pins.district_id = @district
    and pin_id = ended.thing_id
  where pins.publication = 'published'
    and visibility <> 'hex'
    and (kind = 'need' or action = 'publish')

  union all
  select 'replied', coalesce(area_id, 0), (content #>> '{words,replied_on}')::date - (content #>> '{words,sent_on}')::date
  from things
  join contents using (district_id, thing_id)
  where district_id = @district
    and kind = 'recommendation'
    and publication = 'published'
    and content #>> '{words,replied_on}' >= @from::date::text
    and content #>> '{words,replied_on}' < @until::date::text
)
select response, coalesce(area_id, -1), count(*), percentile_cont(array[0.25, 0.5, 0.75]) within group (order by days)
from taken
group by grouping sets ((response, area_id), (response))
order by 1, 2
