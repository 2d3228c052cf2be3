-- Deletes the pins whose external id is that of an earlier row, and returns the
-- numbers of both. There are no other pins than those of the import.
with repeated as materialized (
  select external_id, min(pin_id) as first
  from pins
  group by external_id
  having count(*) > 1
),
deleted as (
  delete from pins
  using repeated
  where pins.external_id = repeated.external_id
    and pins.pin_id > repeated.first
  returning pins.pin_id, repeated.first, pins.external_id
)
select pin_id - @first as row, first - @first, external_id
from deleted
order by row
