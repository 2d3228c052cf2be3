-- The oldest needs without a diagnosis that are shown in @areas, of which 0 is outside
-- all areas, in the columns of a thing; their area is that in which they are shown.
select pin_id, 'pin', publication, status, version, title, area_id, 0, 0, reported_on - date '1970-01-01'
from (
  select oldest.*, area.id as area_id
  from unnest(@areas::int[]) as area (id)
  cross join lateral (
    select pin_id, pins.publication, status, things.version, pins.title, reported_on
    from pins
    join things on things.district_id = pins.district_id
      and thing_id = pin_id
    where pins.district_id = @district
      and coalesce(shown_area_id, 0) = area.id
      and pins.kind = 'need'
      and pins.publication = 'published'
      and visibility <> 'hex'
      and status in ('reported', 'under_diagnosis', 'reopened')
    order by reported_on, pin_id
    limit @skip::int + @limit::int
  ) as oldest
) as found
order by reported_on, pin_id
limit @limit
offset @skip
