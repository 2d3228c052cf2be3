-- Deletes the staged rows whose external id is that of an earlier row, and
-- returns the numbers of both.
with numbered as (
  select row, external_id, min(row) over (partition by external_id) as first
  from staged
),
deleted as (
  delete from staged
  using numbered
  where staged.row = numbered.row
    and numbered.row > numbered.first
  returning staged.row, numbered.first, staged.external_id
)
select row, first, external_id
from deleted
order by row
