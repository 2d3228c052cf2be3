-- How many pins of some days there are by exact place, and of how many voices: in
-- all, by category, by area, and by source.
with counted as materialized (
  select pins.pin_id, pins.category_id, pins.area_id, pins.source_id, pins.publication, reporter_id
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
  select category_id, area_id, source_id, coalesce('contact ' || reporter_id, 'thing ' || pin_id) as voice
  from counted
  where publication = 'published'
  union
  select category_id, area_id, source_id, voice
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
  select grouping(category_id, area_id, source_id) as summed, category_id, area_id, source_id,
    count(*) filter (where publication = 'published') as published, count(*) filter (where publication = 'pending') as waiting
  from counted
  group by grouping sets ((), (category_id), (area_id), (source_id))
),
voice_counts as (
  select grouping(category_id, area_id, source_id) as summed, category_id, area_id, source_id,
    count(distinct voice) as voices, count(distinct voice) filter (where voice not like 'contact %') as without_contact
  from spoken
  group by grouping sets ((), (category_id), (area_id), (source_id))
)
select case pin_counts.summed when 3 then 'category' when 5 then 'area' when 6 then 'source' else '' end,
  coalesce(categories.slug, ''), coalesce(areas.slug, ''), coalesce(sources.slug, ''),
  published::int, waiting::int, coalesce(voices, 0)::int, coalesce(without_contact, 0)::int
from pin_counts
left join voice_counts on voice_counts.summed = pin_counts.summed
  and voice_counts.category_id is not distinct from pin_counts.category_id
  and voice_counts.area_id is not distinct from pin_counts.area_id
  and voice_counts.source_id is not distinct from pin_counts.source_id
left join categories on categories.district_id = @district
  and categories.category_id = pin_counts.category_id
left join areas on areas.district_id = @district
  and areas.area_id = pin_counts.area_id
left join sources on sources.district_id = @district
  and sources.source_id = pin_counts.source_id
order by categories.position, areas.position nulls last, sources.slug nulls first
