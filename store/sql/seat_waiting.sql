-- Seats those who wait for an occurrence of a thing, in the order in which they have
-- confirmed, as far as there are places: who waits behind somebody for whom there is no
-- room waits on. The caller has locked the occurrences. Each of those who are seated has
-- one mail, whatever the caller does afterwards.
with places as (
  select day, starts_at, capacity, (
    select coalesce(sum(seats), 0)
    from registrations
    where registrations.district_id = @district
      and registrations.thing_id = @thing
      and registrations.day = occurrences.day
      and state = 'seated'
  ) as taken
  from occurrences
  join things using (district_id, thing_id)
  where district_id = @district
    and thing_id = @thing
    and publication = 'published'
    and state <> 'cancelled'
    and not cancelled
    and ends_at > now()
),
waiting as (
  select registration_id, day, sum(seats) over (partition by day order by confirmed_at, registration_id) as needed
  from registrations
  where district_id = @district
    and thing_id = @thing
    and state = 'waiting'
),
seated as (
  update registrations
  set state = 'seated',
    told_starts_at = starts_at
  from waiting
  join places using (day)
  where registrations.district_id = @district
    and registrations.registration_id = waiting.registration_id
    and (capacity = 0 or taken + needed <= capacity)
  returning registrations.registration_id, contact_id
),
queued as (
  insert into deliveries (district_id, contact_id, kind, thing_id, fact, data)
  select @district, contact_id, @kind, @thing, @kind || ' ' || registration_id, jsonb_build_object('registration', registration_id::text)
  from seated
  on conflict do nothing
  returning district_id, delivery_id
)
insert into river_job (args, kind, max_attempts, queue)
select jsonb_build_object('district', district_id, 'delivery', delivery_id), @job, @attempts, @queue
from queued
