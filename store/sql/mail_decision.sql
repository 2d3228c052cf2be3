-- A decision about a thing of which a contact was told: to hide what the contact
-- has reported, or what became of a notice of the contact.
select things.thing_id, action = 'hide' and reporter_id is not distinct from @contact, things.title, coalesce(texts.content, '""'), happened_at,
  exists (
    select
    from reports
    where reports.district_id = @district
      and reports.thing_id = things.thing_id
      and reports.kind = 'objection'
      and reports.contact_id = @contact
      and reports.audit_id > audit.audit_id
  ),
  things.publication <> case when action = 'hide' and reporter_id is not distinct from @contact then 'hidden' else 'published' end,
  happened_at < now() - make_interval(months => @months)
from audit
join things using (district_id, thing_id)
left join texts on texts.text_id = reason_id
where things.district_id = @district
  and audit.audit_id = @entry
  and (action = 'hide' and reporter_id = @contact or exists (
    select
    from reports
    where reports.district_id = @district
      and closed_audit_id = audit.audit_id
      and contact_id = @contact
  ))
