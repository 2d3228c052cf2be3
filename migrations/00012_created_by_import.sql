-- A pin knows the import that created it, so that an import of new pins does
-- not write a second row for each. import_changes keeps only what an import
-- overwrote.
-- +goose Up
alter table pins add import_id int;

update pins
set import_id = import_changes.import_id
from import_changes
where import_changes.before is null
  and pins.district_id = import_changes.district_id
  and pins.pin_id = import_changes.pin_id;

delete from import_changes where before is null;
alter table import_changes alter before set not null;
