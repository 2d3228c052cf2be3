-- Adds a delivery, and the job of River that sends it: to the given contact or
-- account, or else to the reporter of the thing, if that is known.
with recipient as (
  select nullif(@contact::bigint, 0) as contact_id, nullif(@account::bigint, 0) as account_id
  where @contact <> 0
    or @account <> 0

  union all
  select reporter_id, null
  from things
  where @contact = 0
    and @account = 0
    and district_id = @district
    and thing_id = @thing
    and reporter_id is not null
),
delivery as (
  insert into deliveries (district_id, contact_id, account_id, kind, thing_id, audit_id, fact, data, due_at)
  select @district, contact_id, account_id, @kind, nullif(@thing::bigint, 0), nullif(@audit::bigint, 0), @fact, @data, now() + @after::interval
  from recipient
  on conflict do nothing
  returning district_id, delivery_id, due_at
)
insert into river_job (args, kind, max_attempts, queue, scheduled_at, state)
select jsonb_build_object('district', district_id, 'delivery', delivery_id), @job, @attempts, @queue, due_at,
  (case when due_at > now() then 'scheduled' else 'available' end)::river_job_state
from delivery
