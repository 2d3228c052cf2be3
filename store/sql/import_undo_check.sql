-- Returns when an import was undone, and the first later import that changed
-- one of its pins and was not undone itself.
select undone_at, (
  select min(later.import_id)
  from import_changes undone
  join import_changes later using (district_id, pin_id)
  join imports
    on imports.district_id = later.district_id
    and imports.import_id = later.import_id
  where undone.district_id = @district
    and undone.import_id = @import
    and later.import_id > @import
    and imports.undone_at is null
)
from imports
where district_id = @district
  and import_id = @import
for update
