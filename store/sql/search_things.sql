-- Published things that contain words, of kinds and an area: the newest of those of
-- each table. The area of a pin is that of its shown place.
select thing_id, things.kind, things.publication, coalesce(found.status, state), version, things.title,
  coalesce(found.area_id, 0), 0, coalesce(owner_id, 0), pin_kind, day
from (
  (
    select pin_id as id, status, kind as pin_kind, shown_area_id as area_id, reported_on - date '1970-01-01' as day
    from pins
    where 'pin' = any(@kinds::text[])
      and district_id = @district
      and publication = 'published'
      and visibility <> 'hex'
      and search @@ @search::tsquery
      and (@area = 0 or shown_area_id = @area)
      and (@from::date is null or reported_on >= @from)
      and (@to::date is null or reported_on <= @to)
    order by reported_on desc, pin_id desc
    limit @limit
  )
  union all
  (
    select things.thing_id, null, '', things.area_id, published_on - date '1970-01-01'
    from contents
    join things using (district_id, thing_id)
    where contents.district_id = @district
      and things.kind = any(@kinds)
      and things.publication = 'published'
      and contents.search @@ @search::tsquery
      and (@area = 0 or things.area_id = @area)
      and (@from::date is null or published_on >= @from)
      and (@to::date is null or published_on <= @to)
    order by published_on desc, things.thing_id desc
    limit @limit
  )
) as found
join things on things.district_id = @district
  and things.thing_id = found.id
