-- Records that fields of imported pins are about to be changed, with what their
-- source says.
insert into edited_fields (district_id, pin_id, field, seen, imported)
select district_id, pin_id, field, said, said
from pins
cross join unnest(@fields::text[]) as field
cross join field_value(field, title, body, category_id, geom, status) as said
where district_id = @district
  and pin_id = any(@ids)
  and source_id is not null
on conflict do nothing
