-- The oldest entries that are not sealed and that every transaction sees, in the
-- order of their transactions: no entry can come before them any more.
select audit_id, audit.district_id, happened_at, actor_id, actors.kind, action, coalesce(thing_id, 0), coalesce(import_id, 0),
  coalesce(state_before, ''), coalesce(state_after, ''), text.hash, reason.hash
from audit_unsealed
join audit using (audit_id)
join actors using (actor_id)
left join texts as text on text.text_id = audit.text_id
left join texts as reason on reason.text_id = audit.reason_id
where changed < pg_snapshot_xmin(pg_current_snapshot())
  and not pg_is_in_recovery()
order by changed, audit_id
limit @batch
