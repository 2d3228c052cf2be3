-- Inserts into kept_fields what the staged rows say of the fields that people have
-- changed of the pins, which the caller has locked. The status depends on the kind
-- of the category, and the shown place on its visibility, so where these differ,
-- fields are kept together.
with edited as materialized (
  select pin_id, external_id, kind, visibility, array(
      select field
      from edited_fields
      where edited_fields.district_id = @district
        and edited_fields.pin_id = pins.pin_id
    ) as fields
  from pins
  where district_id = @district
    and pin_id = any(@pins)
)
insert into kept_fields (row, pin_id, field, said)
select row, pin_id, field, field_value(field, title, body, category_id, geom, status)
from edited
join staged using (external_id)
cross join lateral (
  select staged.kind <> edited.kind as kind, staged.visibility <> edited.visibility as visibility
) as other
cross join lateral (
  select 'category' = any(fields) or other.kind and 'status' = any(fields) or other.visibility and 'place' = any(fields) as kept
) as category
cross join lateral (
  values
    ('title', false),
    ('body', false),
    ('category', category.kept),
    ('place', other.visibility and category.kept),
    ('status', other.kind and category.kept)
) as depends (field, kept)
where field = any(fields)
  or depends.kept
