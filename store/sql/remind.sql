-- Queues a mail to each of those who have a place at what begins within a day. One that
-- was moved is reminded of again, at its new time.
with due as (
  select registration_id, contact_id, thing_id, starts_at
  from occurrences
  join things using (district_id, thing_id)
  join registrations using (district_id, thing_id, day)
  where district_id = @district
    and starts_at > now()
    and starts_at <= now() + interval '1 day'
    and not cancelled
    and publication = 'published'
    and things.state <> 'cancelled'
    and registrations.state = 'seated'
    and registrations.confirmed_at < starts_at - interval '1 day' -- others have just been told
),
queued as (
  insert into deliveries (district_id, contact_id, kind, thing_id, fact, data)
  select @district, contact_id, @kind::text, thing_id, concat_ws(' ', @kind::text, registration_id, extract(epoch from starts_at)::bigint),
    jsonb_build_object('registration', registration_id::text)
  from due
  on conflict do nothing
  returning district_id, delivery_id
)
insert into river_job (args, kind, max_attempts, queue)
select jsonb_build_object('district', district_id, 'delivery', delivery_id), @job, @attempts, @queue
from queued
