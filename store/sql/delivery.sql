-- Counts an attempt of a delivery and returns it, with its district and with what
-- is known of its thing now.
update deliveries
set attempts = attempts + 1
from (
  select deliveries.delivery_id, coalesce(districts.district_id, 0) as district_id, coalesce(slug, '') as slug, coalesce(name, '{}') as name,
    coalesce(languages, '{}') as languages, coalesce(time_zone, 'UTC') as time_zone,
    coalesce(things.publication, '') as publication, coalesce(things.title, '') as title, coalesce(visibility, '') as visibility, things.kind as thing_kind, coalesce(pins.status, things.state, '') as status,
    coalesce(reasons.content, '""') as reason,
    coalesce(case when left(written.content, 1) = '"' or written.content::jsonb ->> 'template' is not null then written.content end, '""') as text
  from deliveries
  left join districts using (district_id)
  left join things using (district_id, thing_id)
  left join pins on pins.district_id = things.district_id
    and pin_id = things.thing_id
  left join audit on audit.district_id = deliveries.district_id
    and audit.audit_id = deliveries.audit_id
  left join texts as reasons on reasons.text_id = audit.reason_id
  left join texts as written on written.text_id = audit.text_id
  where deliveries.district_id = @district
    and deliveries.delivery_id = @delivery
  for update of deliveries
) as found
where deliveries.district_id = @district
  and deliveries.delivery_id = @delivery
returning kind, coalesce(contact_id, 0), coalesce(account_id, 0), coalesce(thing_id, 0), coalesce(audit_id, 0), created_at, data, sent_at is not null or skipped_at is not null,
  found.district_id, found.slug, found.name, found.languages, found.time_zone,
  found.publication, found.title, found.visibility, found.reason, found.text, coalesce(found.thing_kind, ''), found.status
