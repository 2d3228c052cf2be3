-- Registrations with what is known of their occurrences. More conditions follow.
select registration_id, registrations.thing_id, title, registrations.day - date '1970-01-01', starts_at, ends_at,
  publication <> 'published' or things.state = 'cancelled' or coalesce(cancelled, true), name, named, seats, registrations.state, attended, (
    select coalesce(sum(before.seats), 0)
    from registrations as before
    where registrations.state = 'waiting'
      and before.district_id = registrations.district_id
      and before.thing_id = registrations.thing_id
      and before.day = registrations.day
      and before.state = 'waiting'
      and (before.confirmed_at, before.registration_id) < (registrations.confirmed_at, registrations.registration_id)
  )
from registrations
join things using (district_id, thing_id)
left join occurrences using (district_id, thing_id, day)
where registrations.district_id = @district
