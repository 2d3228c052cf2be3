-- Forgets the fields of pins that are as their source says.
delete from edited_fields
using pins
where edited_fields.district_id = @district
  and edited_fields.pin_id = any(@ids)
  and pins.district_id = @district
  and pins.pin_id = edited_fields.pin_id
  and field_value(field, title, body, category_id, geom, status) = imported
