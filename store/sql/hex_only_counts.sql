-- For each hex-only category, and each area if these are counted one by one, the
-- pins of the leaves that are wholly in the areas and in the months, and of all that
-- have a part there.
select categories.slug, coalesce(areas.slug, ''),
  coalesce(sum(inside.pins) filter (where shown = inside.pins and from_month >= @from and to_month < @until), 0)::int,
  sum(inside.pins)::int
from (
  select leaves.category_id, leaves.pins, from_month, to_month, case when @each then shown_area_id end as area_id, sum(leaf_cells.pins) as shown
  from leaves
  join leaf_cells using (district_id, leaf_id)
  where leaves.district_id = @district
    and to_month >= @from
    and from_month < @until
    and (@areas::int[] is null or shown_area_id = any(@areas))
  group by leaves.district_id, leaf_id, 5
) as inside
join categories on categories.district_id = @district
  and categories.category_id = inside.category_id
left join areas on areas.district_id = @district
  and areas.area_id = inside.area_id
group by categories.slug, areas.slug
order by categories.slug, areas.slug nulls first
