-- Deletes the pins whose external id is that of an earlier row, and returns the
-- numbers of both. All are pins of the import, which has copied them.
with repeated as materialized (
  select external_id, min(pin_id) as first
  from pins
  where district_id = @district
    and import_id = @import
  group by external_id
  having count(*) > 1
),
deleted as (
  delete from pins
  using repeated
  where pins.district_id = @district
    and pins.import_id = @import
    and pins.external_id = repeated.external_id
    and pins.pin_id > repeated.first
  returning pins.pin_id, repeated.first, pins.external_id
)
select pin_id - @first as row, first - @first, external_id
from deleted
order by row
