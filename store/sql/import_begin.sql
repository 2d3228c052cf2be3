-- Returns the id of the source of an import, and adds the source unless the
-- district has it. The lock makes the imports of one district wait for each
-- other.
with import_lock as materialized (
  select pg_advisory_xact_lock(hashtext('pinezka import'), @district)
)
insert into sources (district_id, source_id, slug)
select @district, coalesce(max(source_id), 0) + 1, @slug
from import_lock
left join sources on district_id = @district
on conflict (district_id, slug) do update set slug = excluded.slug
returning source_id
