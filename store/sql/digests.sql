-- Queues a digest for each contact who follows something at @cadence of which there
-- is news until @until: the newest entry of each kind of news of a thing that was
-- not told at once, at most @most things. News of what was merged is that of what
-- it was merged into. Of what came of another thing than a pin directly, it is news
-- that it is public or linked; and of all that came of it, what leads to what becomes
-- of needs: @leading of the @kinds, with @effects, of which whoever was told at once
-- knows it. A digest names its entries, each with the follow for which it has it, and
-- is judged again when it is sent.
with recursive followed (follow_id, contact_id, thing_id, since, distance) as (
  select follow_id, contact_id, thing_id, digested_until, 0
  from follows
  where district_id = @district
    and cadence = @cadence
    and confirmed_at is not null
    and ended_at is null
    and thing_id is not null
  union
  select follow_id, contact_id, next.thing_id, since, next.distance
  from followed
  cross join lateral (
    select to_id, distance
    from links
    where district_id = @district
      and from_id = followed.thing_id
      and relation = 'duplicate_of'
    union all
    select result_id, least(distance + 1, 2) -- so that cycles end
    from things
    cross join lateral results_of(@district, things.thing_id)
    where district_id = @district
      and things.thing_id = followed.thing_id
      and kind <> 'pin'
      and publication = 'published'
  ) as next (thing_id, distance)
),
news as materialized (
  select audit_id, happened_at, audit.thing_id, coalesce(result_id, audit.thing_id) as about,
    things.kind = 'pin' or things.kind = any(@followed) as selectable, pins.kind, pins.status,
    case when pin_id is null then contents.category_ids else array[category_id] end as category_ids,
    case when pin_id is null then contents.area_ids || things.area_id else array[shown_area_id] end as area_ids,
    case actors.kind
      when 'contact' then person_id
      when 'account' then (
        select contact_id
        from contacts
        join accounts using (email_hash)
        where contacts.district_id = @district
          and account_id = person_id
      )
    end as actor,
    case
      when result_id is not null then 'came_of'
      when action = 'post_update' then 'update'
      when action in ('submit', 'confirm', 'publish') then 'published'
      when action = 'reopen' then 'reopened'
      when action = 'hear_reply' then 'replied'
      else 'moved'
    end as what,
    exists (select from unnest(@kinds::text[], @leading::text[]) as step (kind, action) where (step.kind, step.action) = (things.kind, audit.action)) as leads,
    (
      select array_agg(effect.audit_id)
      from unnest(@kinds::text[], @leading::text[], @effects::text[]) as step (kind, action, effect)
      join audit as effect on effect.district_id = audit.district_id
        and effect.happened_at = audit.happened_at
        and effect.action = step.effect
      where step.kind = things.kind
        and (step.action = audit.action or audit.action = 'submit' and step.action = 'publish')
    ) as effects
  from audit
  join actors using (actor_id)
  join things on things.district_id = audit.district_id
    and things.thing_id = audit.thing_id
  left join pins on pins.district_id = audit.district_id
    and pin_id = audit.thing_id
  left join contents on contents.district_id = audit.district_id
    and contents.thing_id = audit.thing_id
  left join lateral (
    select result.thing_id
    from texts
    cross join lateral (select case when action = 'link' then content::jsonb end) as recorded (link)
    cross join lateral results_of(audit.district_id, audit.thing_id)
    join things as result on result.district_id = audit.district_id
      and result.thing_id = result_id
      and result.publication = 'published'
    where texts.text_id = audit.text_id
      and things.kind <> 'pin'
      and relation = link ->> 'relation'
      and result_id in ((link ->> 'from')::bigint, (link ->> 'to')::bigint)
      and not exists (
        select
        from audit as submitted
        where submitted.district_id = audit.district_id
          and submitted.thing_id = result.thing_id
          and submitted.action = 'submit'
          and submitted.happened_at = audit.happened_at
      )
  ) as made (result_id) on true
  where audit.district_id = @district
    and happened_at > (select min(digested_until) from follows where district_id = @district and cadence = @cadence and confirmed_at is not null and ended_at is null)
    and happened_at <= @until
    and (action = any(@actions) or action in ('submit', 'confirm') and state_after = 'published' or result_id is not null)
    and things.publication = 'published'
    and visibility is distinct from 'hex'
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
found (contact_id, follow_id, audit_id, about, what, effects) as (
  select contact_id, follow_id, audit_id, about, what, effects
  from followed
  join news using (thing_id)
  where happened_at > since
    and actor is distinct from contact_id
    and (distance = 0 or leads or distance = 1 and what = 'published')
  union all
  select contact_id, follow_id, audit_id, about, what, effects
  from follows
  cross join lateral (
    select audit_id, about, what, effects
    from news
    where selectable
      and what <> 'came_of'
      and (kinds = '{}' or kind = any(kinds))
      and (statuses = '{}' or status = any(statuses))
      and (follows.category_ids = '{}' or news.category_ids && follows.category_ids)
      and (follows.area_ids = '{}' or news.area_ids && follows.area_ids)
      and happened_at > digested_until
      and actor is distinct from contact_id
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
  select distinct on (contact_id, about, what) contact_id, follow_id, audit_id
  from found
  where not exists (
    select
    from deliveries
    where deliveries.district_id = @district
      and deliveries.contact_id = found.contact_id
      and (deliveries.audit_id = found.audit_id or deliveries.audit_id = any(effects))
  )
  order by contact_id, about, what, audit_id desc, follow_id
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
