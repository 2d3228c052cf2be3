-- What takes place, numbered by day, so that a page of a month can show a few of each day
-- and say how many there are. What a thing says is read for those that are returned alone.
select shown.thing_id, day - date '1970-01-01', starts_at, ends_at, off, capacity, of_day, off_of_day, area_id,
  coalesce(content -> 'texts' -> 'name', '{}'), coalesce(content -> 'words' ->> 'type', ''), coalesce(content -> 'texts' -> 'address', '{}'),
  coalesce(content -> 'words' ->> 'online', '') <> '', coalesce(content -> 'words' ->> 'registration', '') = 'needed', seated, waiting
from (
  select *
  from (
    select *, count(*) over day as of_day, count(*) filter (where off) over day as off_of_day,
      row_number() over (partition by starts_on order by starts_at, thing_id) as number
    from takes_place
    window day as (partition by starts_on)
  ) as numbered
  where @per_day = 0 or number <= @per_day
  order by starts_at, thing_id
  limit nullif(@limit, 0)
) as shown
join contents on contents.district_id = @district
  and contents.thing_id = shown.thing_id
cross join lateral (
  select coalesce(sum(seats) filter (where state = 'seated'), 0), coalesce(sum(seats) filter (where state = 'waiting'), 0)
  from registrations
  where registrations.district_id = @district
    and registrations.thing_id = shown.thing_id
    and registrations.day = shown.day
    and state <> 'cancelled'
) as taken (seated, waiting)
order by starts_at, shown.thing_id
