-- Queues one mail to each of those who are told of an action on a thing, unless they
-- were told the same of it before, or of one of the entries @known, or with an account
-- of one of these, or of the same other thing: its reporter (@own), whoever reported or
-- follows it or what was merged into it (@concerned), whoever follows another thing than
-- a pin that it came of, and whoever reported one of the kinds @heard, if it leads to
-- what becomes of needs (@leads), and whoever follows a filter that selects one of @selected (@selecting), which are pins or of the
-- kinds @followed; a filter of kinds or states of pins selects pins alone. Nobody of
-- @except is told, such as who has acted.
with recursive merged (thing_id) as (
  select @thing::bigint
  union
  select from_id
  from merged
  join links on district_id = @district
    and to_id = thing_id
    and relation = 'duplicate_of'
),
causes (thing_id) as (
  select @thing::bigint
  where @leads
  union
  select cause_id
  from causes
  join things using (thing_id)
  cross join lateral causes_of(@district, thing_id)
  where district_id = @district
    and publication = 'published'
),
heard (thing_id) as (
  select thing_id
  from causes
  join things using (thing_id)
  where district_id = @district
    and kind = any(@heard)
    and publication = 'published'
  union
  select from_id
  from heard
  join links on district_id = @district
    and to_id = thing_id
    and relation = 'duplicate_of'
),
told (contact_id, follow_id, rank, cause_id) as (
  select reporter_id, null::bigint, 1, null::bigint
  from things
  where @own
    and district_id = @district
    and thing_id = @thing
  union all
  select reporter_id, null, 2, null
  from merged
  join things using (thing_id)
  where @concerned
    and district_id = @district
    and not exists (
      select
      from follows
      where follows.district_id = @district
        and follows.thing_id in (merged.thing_id, @thing)
        and contact_id = reporter_id
        and ended_at is not null
    )
  union all
  select contact_id, follow_id, 3, null
  from merged
  join follows using (thing_id)
  where @concerned
    and district_id = @district
    and cadence = 'instant'
    and confirmed_at <= (select happened_at from audit where district_id = @district and audit_id = @entry)
    and ended_at is null
  union all
  select contact_id, follow_id, 4, thing_id
  from causes
  join things using (thing_id)
  join follows using (district_id, thing_id)
  where district_id = @district
    and kind <> 'pin'
    and publication = 'published'
    and cadence = 'instant'
    and confirmed_at <= (select happened_at from audit where district_id = @district and audit_id = @entry)
    and ended_at is null
  union all
  select reporter_id, null, 4, thing_id
  from heard
  join things using (thing_id)
  where district_id = @district
    and not exists (
      select
      from follows
      where follows.district_id = @district
        and follows.thing_id in (heard.thing_id, @thing)
        and contact_id = reporter_id
        and ended_at is not null
    )
  union all
  select contact_id, follow_id, 5, null
  from pins
  join follows on follows.district_id = pins.district_id
    and thing_id is null
    and (kinds = '{}' or kind = any(kinds))
    and (statuses = '{}' or status = any(statuses))
    and (category_ids = '{}' or category_id = any(category_ids))
    and (area_ids = '{}' or shown_area_id = any(area_ids))
  where @selecting
    and pins.district_id = @district
    and pin_id = any(@selected)
    and visibility <> 'hex'
    and cadence = 'instant'
    and confirmed_at <= (select happened_at from audit where district_id = @district and audit_id = @entry)
    and ended_at is null
  union all
  select contact_id, follow_id, 5, null
  from things
  join contents using (district_id, thing_id)
  join follows on follows.district_id = things.district_id
    and follows.thing_id is null
    and kinds = '{}'
    and statuses = '{}'
    and (follows.category_ids = '{}' or follows.category_ids && contents.category_ids)
    and (follows.area_ids = '{}' or things.area_id = any(follows.area_ids) or follows.area_ids && contents.area_ids)
  where @selecting
    and things.district_id = @district
    and things.thing_id = any(@selected)
    and things.kind = any(@followed)
    and things.publication = 'published'
    and cadence = 'instant'
    and confirmed_at <= (select happened_at from audit where district_id = @district and audit_id = @entry)
    and ended_at is null
),
recipients as (
  select distinct on (contact_id) contact_id, follow_id, cause_id
  from told
  join contacts using (contact_id)
  where district_id = @district
    and confirmed_at is not null
    and bounced_at is null
    and contact_id <> all(@except::bigint[])
    and not exists (
      select
      from deliveries
      where deliveries.district_id = @district
        and deliveries.contact_id = told.contact_id
        and deliveries.audit_id = any(@known::bigint[])
    )
    and not exists (
      select
      from accounts
      join deliveries using (account_id)
      where accounts.email_hash = contacts.email_hash
        and deliveries.district_id = @district
        and (deliveries.audit_id = any(@known::bigint[]) or deliveries.thing_id = @thing and deliveries.data -> 'other' = @data::jsonb -> 'other')
    )
  order by contact_id, rank, follow_id
),
queued as (
  insert into deliveries (district_id, contact_id, kind, thing_id, audit_id, fact, data)
  select @district, contact_id, @kind, @thing, @entry, @fact,
    @data::jsonb || case when follow_id is null then '{"reporter": "yes"}' else jsonb_build_object('follow', follow_id::text) end
      || case when cause_id is null then '{}' else jsonb_build_object('cause', cause_id::text) end
  from recipients
  on conflict do nothing
  returning district_id, delivery_id
)
insert into river_job (args, kind, max_attempts, queue)
select jsonb_build_object('district', district_id, 'delivery', delivery_id), @job, @attempts, @queue
from queued
