-- What a contact was asked and has not answered, the oldest first, in the columns of a
-- thing: by a moderator about what the contact reported, and whether it is better since
-- a need was met.
select thing_id, things.kind, things.publication, coalesce(pins.status, state), version, things.title,
  coalesce(shown_area_id, 0), 0, 0, (asked.at at time zone @zone)::date - date '1970-01-01', asked.question, coalesce(asked.audit_id, 0), count(*) over ()
from (
  select thing_id, @asked as question, null::bigint as audit_id, question.at
  from things
  cross join lateral (
    select max(happened_at), max(audit_id)
    from audit
    where audit.district_id = @district
      and audit.thing_id = things.thing_id
      and action = 'ask'
  ) as question (at, id)
  where district_id = @district
    and reporter_id = @contact
    and publication in ('pending', 'published')
    and question.id is not null
    and not exists (
      select
      from audit
      where audit.district_id = @district
        and audit.thing_id = things.thing_id
        and action = 'answer'
        and audit_id > question.id
    )
  union all
  select thing_id, kind, audit_id, created_at
  from deliveries
  where district_id = @district
    and contact_id = @contact
    and kind = @better
    and audit_id = (
      select max(audit_id)
      from audit
      where audit.district_id = @district
        and audit.thing_id = deliveries.thing_id
        and action = 'meet'
    )
    and not exists (
      select
      from improvements
      where improvements.district_id = @district
        and improvements.thing_id = deliveries.thing_id
        and improvements.audit_id = deliveries.audit_id
        and improvements.contact_id = @contact
    )
) as asked
join things using (thing_id)
join pins on pins.district_id = @district
  and pin_id = thing_id
where things.district_id = @district
  and (question = @asked or pins.status in ('met', 'verified') and pins.publication = 'published' and visibility <> 'hex')
order by asked.at, thing_id
limit @limit
offset @skip
