-- Returns when an import was undone, and the first later import that changed
-- one of its pins and was not undone itself.
select undone_at, (
  select min(later.import_id)
  from import_changes later
  join imports
    on imports.district_id = later.district_id
    and imports.import_id = later.import_id
  where later.district_id = @district
    and later.import_id > @import
    and imports.undone_at is null
    and later.pin_id in (
      select pin_id
      from pins
      where district_id = @district
        and import_id = @import
      union all
      select pin_id
      from import_changes
      where district_id = @district
        and import_id = @import
    )
)
from imports
where district_id = @district
  and import_id = @import
