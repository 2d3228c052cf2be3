-- Records what the source has said of the fields that people have changed.
insert into edited_fields (district_id, pin_id, field, seen, imported, import_id)
select @district, pin_id, field, field_value(field, title, body, category_id, geom, status), said, @import
from kept_fields
join pins using (pin_id)
where pins.district_id = @district
on conflict (district_id, pin_id, field) do update
set imported = excluded.imported,
  import_id = excluded.import_id
where edited_fields.seen <> 'null'
  and edited_fields.imported <> excluded.imported
