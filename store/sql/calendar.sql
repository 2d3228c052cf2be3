-- What takes place in a time: public things alone, of which those of a day are numbered
-- so that a page of a month can show a few of each and say how many there are. What a
-- thing says is read for those that are returned alone.
with organisations (organisation_id) as (
  select @organisation::bigint
  where @organisation <> 0
  union
  select from_id + to_id - @organisation
  from links
  where @organisation <> 0
    and district_id = @district
    and relation = 'profile_of'
    and (from_id = @organisation or to_id = @organisation)
),
numbered as (
  select thing_id, day, starts_at, ends_at, starts_on, cancelled or state = 'cancelled' as off, capacity, coalesce(area_id, 0) as area_id,
    count(*) over (partition by starts_on) as of_day, row_number() over (partition by starts_on order by starts_at, thing_id) as number
  from occurrences
  join things using (district_id, thing_id)
  where district_id = @district
    and publication = 'published'
    and starts_at >= @begun
    and starts_at < @until
    and ends_at > @from
    and tags @> @tags::text[]
    and (@area = 0 or area_id = @area or exists (
      select
      from contents
      where contents.district_id = @district
        and contents.thing_id = things.thing_id
        and @area = any(area_ids)
    ))
    and (@category = 0 or exists (
      select
      from contents
      where contents.district_id = @district
        and contents.thing_id = things.thing_id
        and @category = any(category_ids)
    ))
    and (@organisation = 0 or owner_id in (select organisation_id from organisations) or exists (
      select
      from links
      where links.district_id = @district
        and to_id = things.thing_id
        and relation = 'takes_part'
        and from_id in (select organisation_id from organisations)
    ))
)
select shown.thing_id, day - date '1970-01-01', starts_at, ends_at, off, capacity, of_day, area_id,
  coalesce(content -> 'texts' -> 'name', '{}'), coalesce(content -> 'words' ->> 'type', ''), coalesce(content -> 'texts' -> 'address', '{}'),
  coalesce(content -> 'words' ->> 'online', '') <> '', coalesce(content -> 'words' ->> 'registration', '') = 'needed', seated, waiting
from (
  select *
  from numbered
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
