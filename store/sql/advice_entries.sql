-- What was said and done about a request for advice, in its order: whether by whoever
-- asked, or else the name of the account that has acted. What the request says is not
-- among the texts.
select audit_id, happened_at, action, coalesce(actors.kind = 'contact' and person_id = reporter_id or action = 'submit', false), coalesce(accounts.name, ''),
  coalesce(case when state_after not in ('pending', 'withdrawn') then state_after end, ''),
  coalesce(said.content, '""'), coalesce(why.content, '""')
from audit
join actors using (actor_id)
join things using (district_id, thing_id)
left join accounts on actors.kind = 'account'
  and account_id = person_id
left join texts as said on said.text_id = audit.text_id
  and action in ('ask', 'answer', 'advise', 'note')
left join texts as why on why.text_id = audit.reason_id
where audit.district_id = @district
  and audit.thing_id = @thing
  and action <> 'keep_original'
order by audit_id
