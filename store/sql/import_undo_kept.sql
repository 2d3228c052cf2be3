-- The pins of an import on which somebody has acted since, or into which others
-- are merged.
with touched as (
  select thing_id
  from audit
  join actors using (actor_id)
  where district_id = @district
    and kind <> 'system'
    and audit_id > (
      select coalesce(max(audit_id), 0)
      from audit
      where district_id = @district
        and action = 'import'
        and import_id = @import
    )
  union
  select to_id
  from links
  where district_id = @district
)
select pin_id
from pins
where district_id = @district
  and pin_id in (select thing_id from touched)
  and (
    import_id = @import
    or pin_id in (
      select pin_id
      from import_changes
      where district_id = @district
        and import_id = @import
    )
  )
order by pin_id
