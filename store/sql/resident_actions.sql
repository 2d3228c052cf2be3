-- What was done to the things of a contact, and what the contact did. Notes are
-- for the staff, and may name others; so is why a request is handed over.
select happened_at, action, actors.kind, audit.thing_id, state_before, state_after, said.content, why.content
from audit
join actors using (actor_id)
left join things on things.district_id = audit.district_id and things.thing_id = audit.thing_id
left join texts as said on said.text_id = audit.text_id
left join texts as why on why.text_id = reason_id
where audit.district_id = @district
  and (reporter_id = @contact and action not in ('note', 'hand_over') or actors.kind = 'contact' and person_id = @contact)
order by audit_id
