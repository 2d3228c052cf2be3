-- Requests for advice in the states @open that the @account has and that are due until a
-- day, and with @assigns those that nobody has, the most urgent first. Those of whom
-- nobody has confirmed the address wait for that first.
select things.thing_id, things.kind, things.publication, things.state, things.version, things.title,
  coalesce(things.area_id, 0), coalesce(things.reporter_id, 0), coalesce(things.owner_id, 0),
  coalesce((first.at at time zone @zone)::date, '1970-01-01') - date '1970-01-01',
  count(*) over (), count(*) filter (where due_on < @today) over (), content
from things
join contents using (district_id, thing_id)
left join contacts on contacts.district_id = @district
  and contact_id = reporter_id
left join advice_assignments on advice_assignments.district_id = @district
  and advice_assignments.thing_id = things.thing_id
  and until is null
cross join lateral (
  select min(happened_at)
  from audit
  where audit.district_id = @district
    and audit.thing_id = things.thing_id
) as first (at)
where things.district_id = @district
  and things.kind = 'advice'
  and things.publication = 'pending'
  and things.state = any(@open)
  and (reporter_id is null or confirmed_at is not null)
  and (
    account_id = @account and due_on <= @until
    or @assigns and account_id is null
  )
order by due_on, things.thing_id
offset @skip
limit @limit
