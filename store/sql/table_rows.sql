-- Counts the rows of each table, except for those of extensions.
select format('%I.%I', nspname, relname),
  (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I.%I', nspname, relname), false, true, '')))[1]::text::bigint
from pg_class
join pg_namespace on pg_namespace.oid = relnamespace
where relkind = 'r'
  and relpersistence = 'p'
  and nspname <> 'information_schema'
  and not starts_with(nspname, 'pg_')
  and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e')
