-- What is counted of a time, from the day @from until before @until: what was first
-- public, took place or was said then, and is public now, with how many it counts as.
-- The columns are measure, day, area_id, thing_id and n.
with published as (
  select kind, published_on, area_id, thing_id
  from things
  where district_id = @district
    and kind = any(array['idea', 'organisation', 'initiative', 'practicum', 'diagnosis', 'recommendation', 'answer'])
    and publication = 'published'
    and published_on >= @from
    and published_on < @until
),
held as (
  select starts_on, area_id, thing_id, day, tags, attendance
  from occurrences
  join things using (district_id, thing_id)
  where district_id = @district
    and publication = 'published'
    and state <> 'cancelled'
    and not cancelled
    and starts_at >= @from_at
    and starts_at < least(@until_at::timestamptz, @now::timestamptz)
)
select case kind when 'practicum' then 'initiatives' when 'diagnosis' then 'diagnoses' else kind || 's' end, published_on, area_id, thing_id, 1
from published
where kind <> 'recommendation'

union all
select 'joint', published_on, area_id, thing_id, 1
from published
where kind = any(array['initiative', 'practicum'])
  and (
    select count(*)
    from links
    join things as partner on partner.district_id = @district
      and partner.thing_id = from_id
      and partner.publication = 'published'
    where links.district_id = @district
      and to_id = published.thing_id
      and relation = 'takes_part'
  ) >= 2

union all
select unnest(case when 'type=session' = any(tags) then array['events', 'sessions'] else array['events'] end), starts_on, area_id, thing_id, 1
from held

union all
select 'attendance', starts_on, area_id, thing_id, attendance
from held
where attendance is not null

union all
select 'registered', starts_on, area_id, thing_id, seats
from held
join registrations using (thing_id, day)
where district_id = @district
  and state = 'seated'

union all
select 'voices', (supports.created_at at time zone @zone)::date, shown_area_id, thing_id, 1
from supports
join pins on pins.district_id = @district
  and pin_id = thing_id
where supports.district_id = @district
  and pins.publication = 'published'
  and visibility <> 'hex'
  and supports.created_at >= @from_at
  and supports.created_at < @until_at

union all
select 'graduates', (content #>> '{words,graduated_on}')::date, area_id, programme_id, 1 -- an enrolment is private
from things
join contents using (district_id, thing_id)
left join lateral (
  select to_id as programme_id
  from links
  where links.district_id = @district
    and from_id = things.thing_id
    and relation = 'part_of'
  limit 1
) as enrolled on true
where district_id = @district
  and kind = 'enrolment'
  and state = 'graduated'
  and content #>> '{words,graduated_on}' >= @from::date::text
  and content #>> '{words,graduated_on}' < @until::date::text

union all
select 'practices_used', published_on, area_id, thing_id, 1
from published
where kind = any(array['initiative', 'practicum', 'diagnosis', 'recommendation'])
  and exists (
    select
    from links
    join things as practice on practice.district_id = @district
      and practice.thing_id = to_id
      and practice.kind = 'practice'
      and practice.publication = 'published'
    where links.district_id = @district
      and from_id = published.thing_id
      and relation = 'uses'
  )
