-- The published pins of a district that match a query. A hex-only pin never
-- matches a box, since a small box would disclose its location.
with matching as (
  select pins.*
  from pins
  join categories using (district_id, category_id)
  where pins.district_id = @district
    and pins.publication = 'published'
    and (@id::bigint is null or pins.pin_id = @id)
    and (@kinds::text[] is null or pins.kind = any(@kinds))
    and (@categories::int[] is null or pins.category_id = any(@categories))
    and (@statuses::text[] is null or pins.status = any(@statuses))
    and (@areas::int[] is null or pins.area_id = any(@areas))
    and (@from::date is null or pins.reported_on >= @from)
    and (@to::date is null or pins.reported_on <= @to)
    and (@search::text is null or pins.search @@ to_tsquery('public.pinezka', @search))
    and (@west::float8 is null
      or categories.visibility <> 'hex' and pins.shown && st_makeenvelope(@west, @south, @east, @north, 4326))
)
