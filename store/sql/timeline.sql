-- Identifies the cluster and the timeline of its write-ahead log, the database,
-- the file of its pins, and the state of the triggers that mark changes: the
-- system column xmin is the transaction that created, enabled or disabled one.
-- Those on new pins, which mark none, are created anew by a first import.
select concat_ws('/', system_identifier,
  case
    when pg_is_in_recovery() then lpad(to_hex((pg_control_checkpoint()).timeline_id), 8, '0')
    else lower(left(pg_walfile_name(pg_current_wal_lsn()), 8))
  end,
  (select oid from pg_database where datname = current_database()),
  pg_relation_filenode('pins'::regclass),
  (
    select md5(string_agg(oid || ':' || xmin, ',' order by oid))
    from pg_trigger
    where tgrelid in ('pins'::regclass, 'districts'::regclass, 'areas'::regclass, 'categories'::regclass)
      and not tgisinternal
      and not (tgrelid = 'pins'::regclass and (tgtype & 4) <> 0) -- on insert
  ))
from pg_control_system()
