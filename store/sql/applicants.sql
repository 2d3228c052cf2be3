-- The enrolments for a programme, the first to apply first, in the columns of a thing:
-- with what they say, when they applied, whether their address is confirmed, what was
-- decided last and why, and which sessions they have attended on which days.
select enrolment.thing_id, enrolment.kind, enrolment.publication, enrolment.state, enrolment.version, enrolment.title,
  0, coalesce(enrolment.reporter_id, 0), 0,
  content, coalesce((applied.at at time zone @zone)::date - date '1970-01-01', 0), contacts.confirmed_at is not null,
  coalesce((decided.at at time zone @zone)::date - date '1970-01-01', 0), coalesce(decided.reason, '""'),
  array(
    select session_id
    from attendance
    where attendance.district_id = @district
      and enrolment_id = enrolment.thing_id
    order by session_id, day
  ),
  array(
    select day - date '1970-01-01'
    from attendance
    where attendance.district_id = @district
      and enrolment_id = enrolment.thing_id
    order by session_id, day
  )
from links
join things as enrolment on enrolment.district_id = @district
  and enrolment.thing_id = from_id
join contents on contents.district_id = @district
  and contents.thing_id = from_id
left join contacts on contacts.district_id = @district
  and contact_id = reporter_id
left join lateral (
  select min(happened_at)
  from audit
  where audit.district_id = @district
    and audit.thing_id = from_id
) as applied (at) on true
left join lateral (
  select happened_at, texts.content
  from audit
  left join texts on texts.text_id = reason_id
  where audit.district_id = @district
    and audit.thing_id = from_id
    and state_after = enrolment.state
  order by audit_id desc
  limit 1
) as decided (at, reason) on true
where links.district_id = @district
  and to_id = @programme
  and relation = 'part_of'
  and enrolment.kind = 'enrolment'
  and enrolment.publication = @standing
order by from_id
