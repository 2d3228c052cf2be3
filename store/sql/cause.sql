-- The actions on other things in the transaction of an entry of the audit, of which
-- it may be an effect.
select cause.thing_id, cause.action
from audit as entry
join audit as cause on cause.district_id = entry.district_id
  and cause.happened_at = entry.happened_at
  and cause.thing_id <> entry.thing_id
where entry.district_id = @district
  and entry.audit_id = @entry
  and cause.action = any(@causes)
order by cause.audit_id
