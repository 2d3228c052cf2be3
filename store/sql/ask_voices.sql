-- Queues one mail to each of those who have a voice for a need that is met, which asks
-- whether it is better: who reported or supports it or what was merged into it, unless
-- they want to hear no more of it. The fact is the same as that of the mail to all
-- others who are told that it is met, so nobody receives both.
with recursive merged (thing_id) as (
  select @thing::bigint
  union
  select from_id
  from merged
  join links on district_id = @district
    and to_id = thing_id
    and relation = 'duplicate_of'
),
voices (contact_id, reported) as (
  select reporter_id, true
  from merged
  join things using (thing_id)
  where district_id = @district
  union all
  select contact_id, false
  from merged
  join supports using (thing_id)
  where district_id = @district
),
recipients as (
  select contact_id, bool_or(reported) as reported, (
      select min(follow_id)
      from follows
      where follows.district_id = @district
        and follows.contact_id = voices.contact_id
        and thing_id in (select thing_id from merged)
        and ended_at is null
    ) as follow_id
  from voices
  join contacts using (contact_id)
  where contacts.district_id = @district
    and contacts.confirmed_at is not null
    and bounced_at is null
    and contact_id <> @actor
    and not exists (
      select
      from follows
      where follows.district_id = @district
        and follows.contact_id = voices.contact_id
        and thing_id in (select thing_id from merged)
        and ended_at is not null
    )
  group by contact_id
),
queued as (
  insert into deliveries (district_id, contact_id, kind, thing_id, audit_id, fact, data)
  select @district, contact_id, @kind, @thing, @entry, @fact,
    @data::jsonb || case when reported or follow_id is null then '{"reporter": "yes"}' else jsonb_build_object('follow', follow_id::text) end
  from recipients
  on conflict do nothing
  returning district_id, delivery_id
)
insert into river_job (args, kind, max_attempts, queue)
select jsonb_build_object('district', district_id, 'delivery', delivery_id), @job, @attempts, @queue
from queued
