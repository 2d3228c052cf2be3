-- Things with open reports of the kinds, with the time of the oldest: without
-- objections to a decision of the actor, about which another one decides.
select thing_id, min(reported_at)
from reports
left join actors as decider on decider.actor_id = decided_by
where district_id = @district
  and closed_at is null
  and reports.kind = any(@kinds)
  and (decider.kind, decider.person_id, decider.name) is distinct from (@kind::text, @person::bigint, @name::text)
group by thing_id
order by min(reported_at), thing_id
limit @most
