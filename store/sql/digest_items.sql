-- What a digest says of entries, as far as it is still true, public and followed.
select case
    when action = 'post_update' and exists (
      select
      from grants
      where grants.district_id = @district
        and actors.kind = 'account'
        and account_id = person_id
        and role = 'council'
        and given_at <= happened_at
        and (withdrawn_at is null or withdrawn_at > happened_at)
        and (until is null or until > happened_at)
    ) then 'answered'
    when action = 'post_update' then 'update'
    when action in ('submit', 'confirm', 'publish') then 'published'
    when action = 'reopen' then 'reopened'
    when action = 'hear_reply' then 'replied'
    else 'moved'
  end,
  pins.title, pin_id
from unnest(@entries::bigint[], @follows::bigint[]) with ordinality as wanted (entry, follow, place)
join follows on follows.district_id = @district
  and follow_id = follow
  and contact_id = @contact
  and ended_at is null
join audit on audit.district_id = @district
  and audit_id = entry
join actors using (actor_id)
join pins on pins.district_id = @district
  and pin_id = audit.thing_id
where publication = 'published'
  and visibility <> 'hex'
  and (state_after is null or action not in ('begin_diagnosis', 'end_diagnosis', 'begin_action', 'meet', 'verify', 'pass_on', 'refuse', 'reopen')
    or state_after = status)
  and not coalesce((
    select next.action = 'undo'
    from audit as next
    where next.district_id = @district
      and next.thing_id = audit.thing_id
      and next.audit_id > audit.audit_id
    order by next.audit_id
    limit 1
  ), false)
order by place
