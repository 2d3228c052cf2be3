-- Adds what a contact asks to follow, unless the contact has it already or has too
-- much, and returns its id.
with added as (
  insert into follows (district_id, contact_id, thing_id, kinds, statuses, category_ids, area_ids, cadence)
  select @district, @contact::bigint, @thing::bigint, @kinds::text[], @statuses::text[], @categories::int[], @areas::int[], @cadence
  where (
    select count(*)
    from follows
    where district_id = @district
      and contact_id = @contact
      and ended_at is null
  ) < @limit
  on conflict do nothing
  returning follow_id
)
select follow_id
from added
union all
select follow_id
from follows
where district_id = @district
  and contact_id = @contact
  and thing_id is not distinct from @thing
  and (kinds, statuses, category_ids, area_ids) = (@kinds, @statuses, @categories, @areas)
