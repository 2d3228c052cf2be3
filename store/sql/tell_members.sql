-- Queues one mail to each of those who look after a thing, unless they were told the
-- same before: the members of the organisation to which it, or what it is part of,
-- belongs; without any, the account that submitted it. @actor has acted, and is not
-- told.
with recursive wholes (thing_id) as (
  select @thing::bigint
  union
  select to_id
  from wholes
  join links on district_id = @district
    and from_id = thing_id
    and relation in ('part_of', 'profile_of')
),
organisations (pin_id) as (
  select owner_id
  from wholes
  join things using (thing_id)
  where district_id = @district
    and owner_id is not null
  union
  select thing_id
  from wholes
),
held as (
  select account_id, organisation_id
  from grants
  join accounts using (account_id)
  where district_id = @district
    and withdrawn_at is null
    and (until is null or until > now())
    and ended_at is null
),
members as (
  select account_id
  from held
  where organisation_id in (select pin_id from organisations)
),
recipients as (
  select account_id
  from members
  union
  select account_id
  from audit
  join actors using (actor_id)
  join held on account_id = person_id
  where audit.district_id = @district
    and thing_id = @thing
    and action = 'submit'
    and actors.kind = 'account'
    and not exists (select from members)
),
queued as (
  insert into deliveries (district_id, account_id, kind, thing_id, audit_id, fact, data)
  select @district, account_id, @kind, @thing, nullif(@entry::bigint, 0), @fact, @data
  from recipients
  where account_id <> @actor
  on conflict do nothing
  returning district_id, delivery_id
)
insert into river_job (args, kind, max_attempts, queue)
select jsonb_build_object('district', district_id, 'delivery', delivery_id), @job, @attempts, @queue
from queued
