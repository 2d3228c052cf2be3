-- The reports that entries of the audit have closed, with whom to tell, and what
-- became of the thing: it is hidden or stays, or a part of it was removed since.
select contact_id, reports.thing_id, closed_audit_id, reports.kind,
  case
    when reports.kind = 'objection' then case when upheld then 'objection_upheld' else 'objection_dismissed' end
    when publication in ('hidden', 'merged', 'withdrawn') then 'hidden'
    when upheld and exists (
      select
      from audit
      where audit.district_id = @district
        and audit.thing_id = reports.thing_id
        and audit.audit_id between reports.audit_id and closed_audit_id
        and action in ('redact', 'edit')
    ) then 'edited'
    else 'kept'
  end
from reports
join things using (district_id, thing_id)
where district_id = @district
  and closed_audit_id = any(@entries)
  and contact_id is not null
