-- The resolutions about a place that were adopted last: those about its area, and
-- those that concern one of the needs that are shown near it, with the nearest of
-- these. A need is concerned as in concerned_needs.sql, read from its other end, or
-- by a recommendation that has led to the resolution.
with recursive near as (
  select pin_id, st_distance(shown::geography, @at::geography) as metres
  from (
    select pin_id, shown
    from pins
    where district_id = @district
      and publication = 'published'
      and visibility <> 'hex'
      and kind = 'need'
      and shown && st_makeenvelope(@west, @south, @east, @north, 4326)
    order by shown <-> @at::geometry
    limit @needs
  ) as nearest
  where st_dwithin(shown::geography, @at::geography, @metres)
),
concerning (thing_id, need_id) as (
  select pin_id, pin_id
  from near
  union
  select result_id, need_id
  from concerning
  cross join lateral results_of(@district, thing_id)
  where relation in ('answers', 'evidence_for', 'resulted_in')
),
found as (
  select distinct on (thing_id) thing_id, need_id, metres
  from (
    select thing_id, need_id, metres
    from concerning
    join near on pin_id = need_id
    where thing_id <> need_id
    union all
    select thing_id, null, null
    from contents
    where district_id = @district
      and @area <> 0
      and area_ids @> array[@area::int]
  ) as of_place
  order by thing_id, metres nulls last
)
select found.thing_id, things.version, things.title, content,
  coalesce(need_id, 0), coalesce(needs.title, ''), coalesce(round(metres), 0)::int
from found
join things on things.district_id = @district
  and things.thing_id = found.thing_id
  and things.kind = 'resolution'
  and things.publication = 'published'
join contents on contents.district_id = @district
  and contents.thing_id = found.thing_id
left join things as needs on needs.district_id = @district
  and needs.thing_id = need_id
order by content -> 'words' ->> 'adopted_on' desc, found.thing_id desc
limit @limit
