-- The entries of the audit of things, in their order, and those of what was merged
-- into them, without states. Those of pins that the public only counts are not among
-- the latter. Of texts, only those are read that were said in public; of who acted,
-- the role at that time.
select entry.thing_id, entry.audit_id, entry.happened_at, entry.action,
  case when actors.kind = 'contact' then 'reporter' else coalesce(held.role, '') end, entry.state_before, entry.state_after,
  coalesce(said.content, '""'), coalesce(reason.content, '""')
from (
  select thing_id, audit_id, happened_at, action, actor_id, coalesce(state_before, '') as state_before, coalesce(state_after, '') as state_after,
    text_id, reason_id
  from audit
  where district_id = @district
    and thing_id = any(@things)
  union all
  select to_id, max(audit_id), max(happened_at), 'merge', max(actor_id), '', '', null, null
  from links
  left join pins on pins.district_id = links.district_id
    and pin_id = from_id
  join audit on audit.district_id = links.district_id
    and thing_id = from_id
    and action = 'merge'
  where links.district_id = @district
    and to_id = any(@things)
    and relation = 'duplicate_of'
    and visibility is distinct from 'hex'
  group by from_id, to_id
  order by 2
  limit 1000
) as entry
join actors using (actor_id)
left join lateral (
  select role
  from grants
  where grants.district_id = @district
    and actors.kind = 'account'
    and account_id = person_id
    and given_at <= happened_at
    and (withdrawn_at is null or withdrawn_at > happened_at)
    and (until is null or until > happened_at)
  order by array_position(array['council', 'animator', 'moderator', 'admin', 'adviser', 'member'], role)
  limit 1
) as held on true
left join texts as said on said.text_id = entry.text_id
  and entry.action = 'post_update'
left join texts as reason on reason.text_id = entry.reason_id
order by entry.audit_id
