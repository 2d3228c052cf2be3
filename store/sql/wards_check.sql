-- What is wrong with the boundaries of wards, the first of each kind: one that is not
-- valid, one outside the district, and two that share more than a hundredth of the
-- smaller, which no inaccuracy of drawing explains.
with given as materialized (
  select number, shape, st_isvalid(shape) as valid
  from unnest(@shapes::geometry[]) with ordinality as shapes (shape, number)
),
sound as materialized (
  select number, shape
  from given
  where (select bool_and(valid) from given)
)
(
  select number, st_isvalidreason(shape) as reason, null::bigint as other
  from given
  where not valid
  order by number
  limit 1
)
union all
(
  select number, 'it is outside the district', null
  from sound
  join districts on not st_intersects(shape, boundary)
  where district_id = @district
  order by number
  limit 1
)
union all
(
  select second.number, 'it overlaps', first.number
  from sound as first
  join sound as second on first.number < second.number and first.shape && second.shape
  where st_area(st_intersection(first.shape, second.shape)) > 0.01 * least(st_area(first.shape), st_area(second.shape))
  order by second.number, first.number
  limit 1
)
