-- Requests for advice in the states @open that have no adviser, or one who is not among
-- those who are @present, the oldest first: with the topic, who has each, and whether it
-- was looked at before. Those of whom nobody knows the address are none of them until
-- it is confirmed.
select things.thing_id, coalesce(content #>> '{words,topic}', ''), coalesce(account_id, 0), assignment_id is not null
from things
join contents using (district_id, thing_id)
left join contacts on contacts.district_id = @district
  and contact_id = reporter_id
left join advice_assignments on advice_assignments.district_id = @district
  and advice_assignments.thing_id = things.thing_id
  and until is null
where things.district_id = @district
  and things.kind = 'advice'
  and things.publication = 'pending'
  and things.state = any(@open)
  and (reporter_id is null or confirmed_at is not null)
  and (account_id is null or account_id <> all(@present::bigint[]))
order by things.thing_id
limit 500
