-- The sealed entries of a district in the order of the seals, with what a seal
-- covers.
select audit_id, audit.district_id, happened_at, actor_id, actors.kind, action, coalesce(thing_id, 0), coalesce(import_id, 0),
  coalesce(state_before, ''), coalesce(state_after, ''), text.hash, reason.hash,
  sequence, audit_seals.hash,
  text.content, text.salt, reason.content, reason.salt
from audit_seals
join audit using (audit_id)
join actors using (actor_id)
left join texts as text on text.text_id = audit.text_id
left join texts as reason on reason.text_id = audit.reason_id
where audit_seals.district_id = @district
order by sequence
