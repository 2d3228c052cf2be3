-- Things with open reports of the kinds, with the time of the oldest.
select thing_id, min(reported_at)
from reports
where district_id = @district
  and closed_at is null
  and kind = any(@kinds)
group by thing_id
order by min(reported_at), thing_id
limit @most
