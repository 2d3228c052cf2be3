-- Lists the objects of the schema, one a line, in words that no version of
-- PostgreSQL spells differently: the body of a function, but only the names and
-- attributes of other objects.
with tables as (
  select oid, relname
  from pg_class
  where relnamespace = current_schema::regnamespace
    and relkind in ('r', 'p')
    and relname <> 'goose_db_version'
    and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e')
),
objects as (
  select 'extension ' || extname as object
  from pg_extension

  union all
  select 'table ' || relname
  from tables

  union all
  select format('column %s.%s: %s', relname, attname, concat_ws(' ',
    regexp_replace(format_type(atttypid, atttypmod), '^\w+\.', ''),
    case when attnotnull then 'not null' end,
    case when attidentity <> '' then 'identity' when attgenerated <> '' then 'generated' when atthasdef then 'default' end))
  from tables
  join pg_attribute on attrelid = tables.oid
  where attnum > 0
    and not attisdropped

  union all
  select format('sequence %s: up to %s', relname, seqmax)
  from pg_sequence
  join pg_class on pg_class.oid = seqrelid
  where relnamespace = current_schema::regnamespace
    and relname <> 'goose_db_version_id_seq'

  union all
  select format('constraint %s on %s: %s', conname, relname, concat_ws(' ',
    case contype when 'p' then 'primary key' when 'u' then 'unique' when 'f' then 'foreign key' when 'c' then 'check' else contype::text end,
    '(' || (
      select string_agg(attname, ', ' order by position)
      from unnest(conkey) with ordinality as keys (number, position)
      join pg_attribute on attrelid = conrelid and attnum = number
    ) || ')',
    'references ' || (select referenced.relname from pg_class as referenced where referenced.oid = nullif(confrelid, 0)),
    case confdeltype when 'c' then 'on delete cascade' when 'n' then 'on delete set null' end,
    case when not convalidated then 'not valid' end,
    case when exists (select from pg_trigger where tgconstraint = pg_constraint.oid and tgenabled <> 'O') then 'disabled' end))
  from tables
  join pg_constraint on conrelid = tables.oid
  where contype in ('p', 'u', 'f', 'c', 'x') -- PostgreSQL 18 lists not null here, too

  union all
  select format('index %s on %s: %s', pg_class.relname, tables.relname, concat_ws(' ',
    case when indisunique then 'unique' end,
    amname,
    '(' || (select string_agg(attname, ', ' order by attnum) from pg_attribute where attrelid = indexrelid) || ')',
    case when indpred is not null then 'where' end,
    case when not indisvalid then 'not valid' end))
  from tables
  join pg_index on indrelid = tables.oid
  join pg_class on pg_class.oid = indexrelid
  join pg_am on pg_am.oid = relam

  union all
  select format('trigger %s on %s: %s', tgname, relname, concat_ws(' ',
    case when tgtype & 2 <> 0 then 'before' else 'after' end,
    concat_ws(' or ',
      case when tgtype & 4 <> 0 then 'insert' end,
      case when tgtype & 8 <> 0 then 'delete' end,
      case when tgtype & 16 <> 0 then 'update' end,
      case when tgtype & 32 <> 0 then 'truncate' end),
    'of ' || (
      select string_agg(attname, ', ' order by attname)
      from pg_attribute
      where attrelid = tables.oid
        and attnum = any(tgattr)
    ),
    case when tgtype & 1 <> 0 then 'for each row' else 'for each statement' end,
    'old table ' || tgoldtable,
    'new table ' || tgnewtable,
    case when tgqual is not null then 'when' end,
    'execute ' || proname,
    case when tgenabled <> 'O' then 'disabled' end))
  from tables
  join pg_trigger on tgrelid = tables.oid
  join pg_proc on pg_proc.oid = tgfoid
  where not tgisinternal

  union all
  select format('function %s(%s): %s', proname, pg_get_function_identity_arguments(pg_proc.oid),
    md5(concat_ws(' ', lanname, provolatile, prosecdef, proconfig, coalesce(pg_get_function_sqlbody(pg_proc.oid), prosrc))))
  from pg_proc
  join pg_language on pg_language.oid = prolang
  where pronamespace = current_schema::regnamespace
    and not exists (select from pg_depend where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e')
)
select object
from objects
order by object collate "C"
