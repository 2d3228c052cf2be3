-- Entries of the audit of a district, the newest first. A condition that is not
-- set is null, 0 or ''.
select audit_id, happened_at, actors.kind, actors.name, person_id, action, coalesce(thing_id, 0), coalesce(import_id, 0),
  coalesce(state_before, ''), coalesce(state_after, ''), coalesce(reason.content, '""'), coalesce(accounts.name, '')
from audit
join actors using (actor_id)
left join accounts on actors.kind = 'account'
  and accounts.account_id = person_id
left join texts as reason on reason.text_id = reason_id
where audit.district_id = @district
  and (@action = '' or action = @action)
  and (@thing::bigint = 0 or thing_id = @thing)
  and (@actor::text = '' or strpos(lower(coalesce(accounts.name, actors.name)), lower(@actor)) > 0)
  and (@from::timestamptz is null or happened_at >= @from)
  and (@until::timestamptz is null or happened_at < @until)
  and (@before::bigint = 0 or audit_id < @before)
order by audit_id desc
limit @limit
