-- What a contact follows at a cadence, with the names of it in a language.
select follow_id, coalesce(things.title, (
    select string_agg(coalesce(named.name ->> @language, named.name ->> @fallback), ' · ')
    from (
      select label as name
      from categories
      where categories.district_id = @district
        and category_id = any(category_ids)
      union all
      select name
      from areas
      where areas.district_id = @district
        and area_id = any(area_ids)
    ) as named
  ), '')
from follows
left join things on things.district_id = follows.district_id
  and things.thing_id = follows.thing_id
  and things.publication = 'published'
left join pins on pins.district_id = follows.district_id
  and pin_id = follows.thing_id
where follows.district_id = @district
  and contact_id = @contact
  and cadence = @cadence
  and confirmed_at is not null
  and ended_at is null
  and (follows.thing_id is null or things.thing_id is not null and visibility is distinct from 'hex')
order by follow_id
