-- The published pins that a query chooses. A pin that is never drawn as a point
-- answers no box: a small box would find its place.
with chosen as (
select p.*
from pins p
join categories c using (district_id, category_id)
where p.district_id = @district
  and p.publication = 'published'
  and (@id::bigint is null or p.pin_id = @id)
  and (@kinds::text[] is null or p.kind = any (@kinds))
  and (@categories::int[] is null or p.category_id = any (@categories))
  and (@statuses::text[] is null or p.status = any (@statuses))
  and (@areas::int[] is null or p.area_id = any (@areas))
  and (@from::date is null or p.reported_on >= @from)
  and (@to::date is null or p.reported_on <= @to)
  and (@search::text is null or p.search @@ to_tsquery('public.pinezka', @search))
  and (@west::float8 is null
    or c.visibility <> 'hex' and p.shown && st_makeenvelope(@west, @south, @east, @north, 4326))
)
