-- Queues a digest for each contact who follows something at @cadence of which there
-- is news until @until: the newest entry of each kind of news of a thing that was
-- not told at once, at most @most things. News of what was merged is that of what
-- it was merged into. A digest names its entries, each with the follow for which it
-- has it, and is judged again when it is sent.
with recursive followed (follow_id, contact_id, thing_id, since) as (
  select follow_id, contact_id, thing_id, digested_until
  from follows
  where district_id = @district
    and cadence = @cadence
    and confirmed_at is not null
    and ended_at is null
    and thing_id is not null
  union
  select follow_id, contact_id, to_id, since
  from followed
  join links on district_id = @district
    and from_id = thing_id
    and relation = 'duplicate_of'
),
news as materialized (
  select audit_id, happened_at, audit.thing_id, pins.kind, pins.status, category_id, shown_area_id, actors.kind as actor, person_id,
    case
      when action = 'post_update' then 'update'
      when action in ('submit', 'confirm', 'publish') then 'published'
      when action = 'reopen' then 'reopened'
      when action = 'hear_reply' then 'replied'
      else 'moved'
    end as what
  from audit
  join actors using (actor_id)
  join pins on pins.district_id = audit.district_id
    and pin_id = audit.thing_id
  where audit.district_id = @district
    and happened_at > (select min(digested_until) from follows where district_id = @district and cadence = @cadence and confirmed_at is not null and ended_at is null)
    and happened_at <= @until
    and (action = any(@actions) or action in ('submit', 'confirm') and state_after = 'published')
    and publication = 'published'
    and visibility <> 'hex'
    and not coalesce((
      select next.action = 'undo'
      from audit as next
      where next.district_id = @district
        and next.thing_id = audit.thing_id
        and next.audit_id > audit.audit_id
      order by next.audit_id
      limit 1
    ), false)
),
found (contact_id, follow_id, audit_id, thing_id, what) as (
  select contact_id, follow_id, audit_id, thing_id, what
  from followed
  join news using (thing_id)
  where happened_at > since
    and not (actor = 'contact' and person_id = contact_id)
  union all
  select contact_id, follow_id, audit_id, news.thing_id, what
  from follows
  cross join lateral (
    select audit_id, thing_id, what
    from news
    where (kinds = '{}' or kind = any(kinds))
      and (statuses = '{}' or status = any(statuses))
      and (category_ids = '{}' or category_id = any(category_ids))
      and (area_ids = '{}' or shown_area_id = any(area_ids))
      and happened_at > digested_until
      and not (actor = 'contact' and person_id = contact_id)
    order by audit_id desc
    limit 4 * @most -- some of them are older news of the same
  ) as news
  where district_id = @district
    and cadence = @cadence
    and confirmed_at is not null
    and ended_at is null
    and follows.thing_id is null
),
newest as (
  select distinct on (contact_id, thing_id, what) contact_id, follow_id, audit_id
  from found
  where not exists (
    select
    from deliveries
    where deliveries.district_id = @district
      and deliveries.contact_id = found.contact_id
      and deliveries.audit_id = found.audit_id
  )
  order by contact_id, thing_id, what, audit_id desc, follow_id
),
ranked as (
  select *, row_number() over (partition by contact_id order by audit_id desc) as place
  from newest
),
queued as (
  insert into deliveries (district_id, contact_id, kind, fact, data)
  select @district, contact_id, 'digest', @fact,
    jsonb_build_object('cadence', @cadence::text, 'entries', string_agg(audit_id || ':' || follow_id, ' ' order by audit_id desc))
  from ranked
  join contacts using (contact_id)
  where place <= @most
    and district_id = @district
    and contacts.confirmed_at is not null
    and bounced_at is null
  group by contact_id
  on conflict do nothing
  returning district_id, delivery_id
),
digested as (
  update follows
  set digested_until = @until
  where district_id = @district
    and cadence = @cadence
    and digested_until < @until
)
insert into river_job (args, kind, max_attempts, queue)
select jsonb_build_object('district', district_id, 'delivery', delivery_id), @job, @attempts, @queue
from queued
