-- Recommendations that are written (in the states @writing) and need somebody, those that
-- wait longest first, which their ids tell, since these grow with time: as a member of the
-- groups @groups, who has neither written nor changed one, nor commented on it, nor
-- dissented; or as whoever answers comments, in the areas @areas, 0 for none, of those with
-- comments that nobody has answered.
select things.thing_id, things.kind, things.publication, things.state, things.version, things.title,
  coalesce(things.area_id, 0), coalesce(things.reporter_id, 0), coalesce(things.owner_id, 0),
  coalesce((first.at at time zone @zone)::date, '1970-01-01') - date '1970-01-01', total
from (
  select things.*, waits.since_id, count(*) over () as total
  from things
  cross join lateral (
    select things.thing_id
    where not @comments
      and exists (
        select
        from links
        where links.district_id = @district
          and from_id = things.thing_id
          and to_id = any(@groups::bigint[])
          and relation = 'part_of'
      )
      and not exists (
        select
        from audit as said
        join actors using (actor_id)
        where said.district_id = @district
          and actors.kind = 'account'
          and person_id = @account
          and said.thing_id in (
            select things.thing_id
            union all
            select from_id
            from links
            where links.district_id = @district
              and to_id = things.thing_id
              and relation = 'comment_on'
          )
      )
    union all
    select min(from_id)
    from links
    join contents on contents.district_id = @district
      and contents.thing_id = from_id
      and coalesce(content #> '{texts,answer}', '{}') in ('{}', 'null')
    join things as comment on comment.district_id = @district
      and comment.thing_id = from_id
      and comment.publication in ('pending', 'published')
    where @comments
      and links.district_id = @district
      and to_id = things.thing_id
      and relation = 'comment_on'
      and coalesce(things.area_id, 0) = any(@areas::int[])
  ) as waits (since_id)
  where things.district_id = @district
    and things.kind = 'recommendation'
    and things.publication in ('pending', 'published')
    and things.state = any(@writing)
    and since_id is not null
  order by since_id, things.thing_id
  offset @skip
  limit @limit
) as things
cross join lateral (
  select min(happened_at)
  from audit
  where audit.district_id = @district
    and audit.thing_id = things.since_id
) as first (at)
order by since_id, things.thing_id
