-- The published pins of a district that match a query. Pins that are published
-- only in counts never match.
with matching as (
  select *
  from pins
  where district_id = @district
    and publication = 'published'
    and visibility <> 'hex'
    and (@ids::bigint[] is null or pin_id = any(@ids))
    and (@kinds::text[] is null or kind = any(@kinds))
    and (@categories::int[] is null or category_id = any(@categories))
    and (@statuses::text[] is null or status = any(@statuses))
    and (@areas::int[] is null or shown_area_id = any(@areas))
    and (@from::date is null or reported_on >= @from)
    and (@to::date is null or reported_on <= @to)
    and (@first_cell::bigint is null or shown_cell >= @first_cell and shown_cell < @end_cell)
    and (@west::float8 is null
      or shown && st_makeenvelope(@west, @south, @east, @north, 4326)
      or shown && st_makeenvelope(@west2, @south, @east2, @north, 4326))
)
