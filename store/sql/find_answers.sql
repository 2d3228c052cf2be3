-- Public answers that have one of the words @terms, or any without words, and that are
-- near a place, or of its whole area, if there is a place. Those with the most words come
-- first, then the nearest, then the newest. Of very many, the newest are compared.
with candidates as materialized (
  (
    select contents.thing_id, search, geom
    from contents
    join things using (district_id, thing_id)
    where @lon::float8 is null
      and contents.district_id = @district
      and things.kind = 'answer'
      and publication = 'published'
      and (@any = '' or search @@ nullif(@any, '')::tsquery)
    order by contents.thing_id desc
    limit @most
  )
  union all
  (
    select contents.thing_id, search, geom
    from contents
    join things using (district_id, thing_id)
    where contents.district_id = @district
      and geom && st_expand(st_setsrid(st_makepoint(@lon, @lat), 4326), 0.05)
      and st_dwithin(geom::geography, st_setsrid(st_makepoint(@lon, @lat), 4326)::geography, @radius)
      and things.kind = 'answer'
      and publication = 'published'
      and (@any = '' or search @@ nullif(@any, '')::tsquery)
    order by contents.thing_id desc
    limit @most
  )
  union all
  (
    select newest.thing_id, search, geom
    from (
      select district_id, thing_id
      from things
      where @area <> 0
        and district_id = @district
        and kind = 'answer'
        and publication = 'published'
        and area_id = @area
      order by thing_id desc
      limit @most
    ) as newest
    join contents using (district_id, thing_id)
    where geom is null
      and (@any = '' or search @@ nullif(@any, '')::tsquery)
  )
)
select things.thing_id, things.kind, things.publication, things.state, things.version, things.title,
  coalesce(things.area_id, 0), coalesce(things.reporter_id, 0), coalesce(things.owner_id, 0)
from candidates
join things on things.district_id = @district
  and things.thing_id = candidates.thing_id
cross join lateral (
  select count(*)
  from unnest(@terms::text[]) as term
  where search @@ term::tsquery
) as had (words)
order by words desc, st_distance(geom::geography, st_setsrid(st_makepoint(@lon::float8, @lat::float8), 4326)::geography) nulls last, things.thing_id desc
limit @limit
