-- Queues one mail to each of those who have registered for a thing, if it takes place at
-- another time than they were told last, or does not take place: on that day, or at all.
-- What is past is not told of.
with now_at as (
  select registration_id, contact_id, told_starts_at,
    case when publication = 'published' and things.state <> 'cancelled' and not cancelled then starts_at end as starts_at
  from registrations
  join things using (district_id, thing_id)
  left join occurrences using (district_id, thing_id, day)
  where registrations.district_id = @district
    and registrations.thing_id = @thing
    and registrations.state in ('waiting', 'seated')
    and greatest(starts_at, told_starts_at) > now()
  for update of registrations
),
told as (
  update registrations
  set told_starts_at = now_at.starts_at
  from now_at
  where registrations.district_id = @district
    and registrations.registration_id = now_at.registration_id
    and now_at.told_starts_at is distinct from now_at.starts_at
  returning registrations.registration_id, registrations.contact_id, now_at.starts_at
),
queued as (
  insert into deliveries (district_id, contact_id, kind, thing_id, audit_id, fact, data)
  select @district, contact_id, kind, @thing, @entry, concat_ws(' ', kind, registration_id, @entry::bigint), jsonb_build_object('registration', registration_id::text)
  from told
  cross join lateral (select case when starts_at is null then @off else @moved end) as as_kind (kind)
  on conflict do nothing
  returning district_id, delivery_id
)
insert into river_job (args, kind, max_attempts, queue)
select jsonb_build_object('district', district_id, 'delivery', delivery_id), @job, @attempts, @queue
from queued
