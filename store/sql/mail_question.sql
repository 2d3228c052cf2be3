-- The last question to the reporter of a thing, and whether it was answered.
select things.title, coalesce(texts.content::jsonb #>> '{}', ''), exists (
  select
  from audit as answer
  where answer.district_id = @district
    and answer.thing_id = @thing
    and answer.action = 'answer'
    and answer.audit_id > audit.audit_id
)
from things
join audit using (district_id, thing_id)
left join texts using (text_id)
where things.district_id = @district
  and things.thing_id = @thing
  and reporter_id = @contact
  and action = 'ask'
order by audit.audit_id desc
limit 1
