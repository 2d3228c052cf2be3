-- Queues one mail to each of those who are told that an office has not replied to a
-- recommendation in time: whoever follows it, and the animators of its area. Nobody
-- is told twice of the same deadline.
with late (thing_id, due_on, area_id) as (
  select things.thing_id, due_on, area_id
  from contents
  join things using (district_id, thing_id)
  where contents.district_id = @district
    and due_on < @today
    and kind = @kind
    and state = @state
    and publication = 'published'
),
recipients (thing_id, due_on, contact_id, account_id, follow_id) as (
  select thing_id, due_on, follows.contact_id, null::bigint, follow_id
  from late
  join follows using (thing_id)
  join contacts using (district_id, contact_id)
  where district_id = @district
    and follows.confirmed_at is not null
    and ended_at is null
    and bounced_at is null
  union all
  select distinct thing_id, due_on, null::bigint, account_id, null::bigint
  from late
  join grants on grants.district_id = @district
    and (grants.area_id is null or late.area_id is null or grants.area_id = late.area_id)
  where role = 'animator'
    and withdrawn_at is null
    and (until is null or until > now())
),
queued as (
  insert into deliveries (district_id, contact_id, account_id, kind, thing_id, fact, data)
  select @district, contact_id, account_id, @mail, thing_id, @mail || ' ' || due_on,
    jsonb_build_object('status', @state::text, 'until', due_on) || case when follow_id is null then '{}' else jsonb_build_object('follow', follow_id::text) end
  from recipients
  on conflict do nothing
  returning district_id, delivery_id
)
insert into river_job (args, kind, max_attempts, queue)
select jsonb_build_object('district', district_id, 'delivery', delivery_id), @job, @attempts, @queue
from queued
