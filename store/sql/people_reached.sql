-- How many different contacts have reported something, agreed, registered or begun to
-- follow in a time, whatever became of it since, by the language in which they are
-- written to.
select language, count(distinct contact_id)
from (
  select reporter_id as contact_id
  from things
  join audit using (district_id, thing_id)
  where district_id = @district
    and reporter_id is not null
    and action = 'submit'
    and happened_at >= @from_at
    and happened_at < @until_at
  union all
  select contact_id
  from supports
  where district_id = @district
    and contact_id is not null
    and created_at >= @from_at
    and created_at < @until_at
  union all
  select contact_id
  from registrations
  where district_id = @district
    and confirmed_at >= @from_at
    and confirmed_at < @until_at
  union all
  select contact_id
  from follows
  where district_id = @district
    and confirmed_at >= @from_at
    and confirmed_at < @until_at
) as active
join contacts using (contact_id)
where district_id = @district
group by language
order by 2 desc, 1
