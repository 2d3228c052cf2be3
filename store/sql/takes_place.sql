-- What takes place in a time, of public things alone.
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
takes_place as (
  select thing_id, day, starts_at, ends_at, starts_on, cancelled or state = 'cancelled' as off, capacity, coalesce(area_id, 0) as area_id
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
