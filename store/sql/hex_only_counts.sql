-- For each hex-only category and area, the pins of the leaves that are wholly in the
-- area and in the months, and of all that have a part there.
select categories.slug, coalesce(areas.slug, ''),
  coalesce(sum(leaves.pins) filter (where inside.pins = leaves.pins and from_month >= @from and to_month < @until), 0)::int,
  sum(leaves.pins)::int
from (
  select district_id, leaf_id, shown_area_id, sum(pins) as pins
  from leaf_cells
  where district_id = @district
  group by district_id, leaf_id, shown_area_id
) as inside
join leaves using (district_id, leaf_id)
join categories on categories.district_id = @district
  and categories.category_id = leaves.category_id
left join areas on areas.district_id = @district
  and areas.area_id = shown_area_id
where to_month >= @from
  and from_month < @until
group by categories.slug, areas.slug
order by categories.slug, areas.slug nulls first
