-- Returns the SQL that drops the indexes of pins, except for the primary key and
-- those of waiting pins unless @publication is that, and the triggers for which
-- PostgreSQL keeps a copy of every new row, and the SQL that creates them again. Both
-- are empty when there are pins.
with objects as (
  select 1 as step, indexdef as definition, format('drop index %I', indexname) as removal,
    format('set local maintenance_work_mem = %L; %s', case when indexdef ~ ' USING gin ' then '16MB' else '512MB' end, indexdef) as creation
  from pg_indexes
  where schemaname = current_schema
    and tablename = 'pins'
    and indexname <> 'pins_pkey'
    and (@publication = 'pending' or indexdef not like '% WHERE (publication = ''pending''%')
  union all
  select 2, tgname, format('drop trigger %I on pins', tgname), pg_get_triggerdef(oid)
  from pg_trigger
  where tgrelid = 'pins'::regclass
    and tgnewtable is not null
    and (tgtype & 4) <> 0 -- after insert
)
select coalesce(string_agg(removal, ';'), ''), coalesce(string_agg(creation, ';' order by step, definition desc), '')
from objects
where not exists (select from pins)
