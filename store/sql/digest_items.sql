-- What a digest says of entries, as far as it is still true, public and followed.
select case
    when action = 'link' then 'came_of'
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
  things.title, things.thing_id, things.kind
from unnest(@entries::bigint[], @follows::bigint[]) with ordinality as wanted (entry, follow, place)
join follows on follows.district_id = @district
  and follow_id = follow
  and contact_id = @contact
  and ended_at is null
join audit on audit.district_id = @district
  and audit_id = entry
join actors using (actor_id)
left join texts on texts.text_id = audit.text_id
  and action = 'link'
cross join lateral (select content::jsonb) as recorded (link)
join things on things.district_id = @district
  and things.thing_id = coalesce(
    case audit.thing_id when (link ->> 'from')::bigint then (link ->> 'to')::bigint else (link ->> 'from')::bigint end,
    audit.thing_id
  )
left join pins on pins.district_id = @district
  and pin_id = things.thing_id
where things.publication = 'published'
  and visibility is distinct from 'hex'
  and (state_after is null or state_after = coalesce(status, state) or action in ('submit', 'confirm', 'publish'))
  and (link is null or exists (
    select
    from links
    where links.district_id = @district
      and (from_id, relation, to_id) = ((link ->> 'from')::bigint, link ->> 'relation', (link ->> 'to')::bigint)
  ))
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
