-- The reports of a contact, the oldest first.
select reports.thing_id, reports.kind, ground, reports.name, content, reported_at, closed_at, upheld
from reports
left join audit on audit.audit_id = reports.audit_id
left join texts using (text_id)
where reports.district_id = @district
  and contact_id = @contact
order by report_id
