-- Adds a delivery, and the job of River that sends it.
with delivery as (
  insert into deliveries (district_id, contact_id, account_id, kind, thing_id, audit_id, fact, data, due_at)
  values (@district, nullif(@contact::bigint, 0), nullif(@account::bigint, 0), @kind, nullif(@thing::bigint, 0), nullif(@audit::bigint, 0), @fact, @data, now() + @after::interval)
  on conflict do nothing
  returning district_id, delivery_id, due_at
)
insert into river_job (args, kind, max_attempts, queue, scheduled_at, state)
select jsonb_build_object('district', district_id, 'delivery', delivery_id), @job, @attempts, @queue, due_at,
  (case when due_at > now() then 'scheduled' else 'available' end)::river_job_state
from delivery
