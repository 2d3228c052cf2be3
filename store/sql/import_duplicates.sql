-- Deletes the staged rows whose external id is that of an earlier row, and
-- returns the numbers of both.
with repeated as materialized (
  select external_id, min(row) as first
  from staged
  group by external_id
  having count(*) > 1
),
deleted as (
  delete from staged
  using repeated
  where staged.external_id = repeated.external_id
    and staged.row > repeated.first
  returning staged.row, repeated.first, staged.external_id
)
select row, first, external_id
from deleted
order by row
