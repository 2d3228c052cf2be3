-- An entry of the audit with what is known of its thing now: whether the action was
-- taken back, how often the thing was moved back to an earlier state, the role of the
-- account that acted and the contact with its address, what the thing was merged into
-- if the public may know of that, and its reporter.
select action, coalesce(state_after, ''), actors.kind, actors.person_id,
  thing_id, things.kind, things.publication, coalesce(pins.status, things.state), coalesce(pins.visibility = 'hex', false),
  coalesce((
    select action = 'undo'
    from audit as next
    where next.district_id = @district
      and next.thing_id = audit.thing_id
      and next.audit_id > audit.audit_id
    order by next.audit_id
    limit 1
  ), false),
  (
    select count(*)
    from audit as reopened
    where reopened.district_id = @district
      and reopened.thing_id = audit.thing_id
      and reopened.action in ('reopen', 'resume', 'unverify')
      and reopened.audit_id <= audit.audit_id
  ),
  coalesce((
    select role
    from grants
    where grants.district_id = @district
      and actors.kind = 'account'
      and account_id = actors.person_id
      and given_at <= happened_at
      and (withdrawn_at is null or withdrawn_at > happened_at)
      and (until is null or until > happened_at)
    order by array_position(array['council', 'animator', 'moderator', 'admin', 'adviser', 'member'], role)
    limit 1
  ), ''),
  coalesce(case actors.kind
    when 'contact' then actors.person_id
    when 'account' then (
      select contact_id
      from contacts
      join accounts using (email_hash)
      where contacts.district_id = @district
        and account_id = actors.person_id
    )
  end, 0),
  coalesce((
    select to_id
    from links
    join things as target on target.district_id = links.district_id
      and target.thing_id = to_id
      and target.publication = 'published'
    left join pins as target_pin on target_pin.district_id = links.district_id
      and target_pin.pin_id = to_id
    where links.district_id = @district
      and from_id = audit.thing_id
      and relation = 'duplicate_of'
      and target_pin.visibility is distinct from 'hex'
  ), 0),
  coalesce(reporter_id, 0), contacts.confirmed_at is not null,
  exists (
    select
    from deliveries
    where deliveries.district_id = @district
      and deliveries.contact_id = reporter_id
      and deliveries.thing_id = audit.thing_id
      and deliveries.kind = 'hidden'
      and sent_at is not null
  )
from audit
join actors using (actor_id)
join things using (district_id, thing_id)
left join pins on pins.district_id = audit.district_id
  and pin_id = thing_id
left join contacts on contacts.district_id = audit.district_id
  and contact_id = reporter_id
where audit.district_id = @district
  and audit_id = @entry
