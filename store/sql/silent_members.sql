-- The members of the working group @group who have done nothing to @texts, and have
-- submitted no comment on them.
with about as materialized (
  select unnest(@texts::bigint[]) as thing_id
  union
  select from_id
  from links
  where district_id = @district
    and to_id = any(@texts)
    and relation = 'comment_on'
)
select name
from grants
join accounts using (account_id)
where district_id = @district
  and organisation_id = @group
  and withdrawn_at is null
  and (until is null or until > now())
  and ended_at is null
  and not exists (
    select
    from audit
    join actors using (actor_id)
    join about using (thing_id)
    where audit.district_id = @district
      and actors.kind = 'account'
      and actors.person_id = grants.account_id
  )
order by name, account_id
