-- How many pins of some days there are by exact place, and of how many voices: in
-- all, by category, and by area.
with counted as materialized (
  select pins.pin_id, pins.category_id, pins.area_id, pins.publication, reporter_id
  from pins
  join things on things.district_id = pins.district_id
    and thing_id = pin_id
  where pins.district_id = @district
    and pins.publication in ('published', 'pending')
    and reported_on >= @from
    and reported_on < @until
    and (@areas::int[] is null or pins.area_id = any(@areas))
),
spoken as (
  select category_id, area_id, coalesce('contact ' || reporter_id, 'thing ' || pin_id) as voice
  from counted
  where publication = 'published'
  union
  select category_id, area_id, voice
  from voices(@district, array(
    select pin_id
    from counted
    where publication = 'published'
      and pin_id in (
        select thing_id
        from supports
        where district_id = @district
        union all
        select to_id
        from links
        where district_id = @district
          and relation = 'duplicate_of'
      )
  )) as given
  join counted on counted.pin_id = given.thing_id
),
pin_counts as (
  select grouping(category_id) as no_category, grouping(area_id) as no_area, category_id, area_id,
    count(*) filter (where publication = 'published') as published, count(*) filter (where publication = 'pending') as waiting
  from counted
  group by grouping sets ((), (category_id), (area_id))
),
voice_counts as (
  select grouping(category_id) as no_category, grouping(area_id) as no_area, category_id, area_id,
    count(distinct voice) as voices, count(distinct voice) filter (where voice not like 'contact %') as without_contact
  from spoken
  group by grouping sets ((), (category_id), (area_id))
)
select pin_counts.no_category = 0, pin_counts.no_area = 0, coalesce(categories.slug, ''), coalesce(areas.slug, ''),
  published::int, waiting::int, coalesce(voices, 0)::int, coalesce(without_contact, 0)::int
from pin_counts
left join voice_counts on voice_counts.no_category = pin_counts.no_category
  and voice_counts.no_area = pin_counts.no_area
  and voice_counts.category_id is not distinct from pin_counts.category_id
  and voice_counts.area_id is not distinct from pin_counts.area_id
left join categories on categories.district_id = @district
  and categories.category_id = pin_counts.category_id
left join areas on areas.district_id = @district
  and areas.area_id = pin_counts.area_id
order by categories.position, areas.position nulls last
