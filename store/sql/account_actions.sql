-- What an account did, in all districts, with its own words: not those of others,
-- which it edited.
select happened_at, slug, action, thing_id, state_before, state_after,
  case when said.content like '"%' then said.content end, reason.content
from audit
join actors using (actor_id)
join districts using (district_id)
left join texts as said on said.text_id = audit.text_id
left join texts as reason on reason.text_id = reason_id
where actors.kind = 'account'
  and person_id = @account
order by audit_id
