-- Things whose reporters have answered a question of the actor since when nobody
-- has done anything but report or object to them: with the time of the answer.
select answer.thing_id, min(answer.happened_at)
from actors
join audit as question on question.district_id = @district
  and question.actor_id = actors.actor_id
  and question.action = 'ask'
join audit as answer on answer.district_id = @district
  and answer.thing_id = question.thing_id
  and answer.action = 'answer'
  and answer.audit_id > question.audit_id
where actors.kind = @kind
  and actors.person_id = @person
  and actors.name = @name
  and not exists (
    select
    from audit as later
    where later.district_id = @district
      and later.thing_id = answer.thing_id
      and later.audit_id > answer.audit_id
      and later.action not in ('answer', 'report', 'object')
  )
group by answer.thing_id
order by min(answer.happened_at), answer.thing_id
limit @most
