-- Pins that wait for a moderator, oldest first. Those of a page are chosen before
-- anything is joined, each part from its index whatever the planner knows of the
-- tables: without statistics, it expects one row, and compares each pin with each
-- flag. An array from a query is the other way around: it is looked up by key.
select things.thing_id, things.kind, things.publication, pins.status, things.version, things.title,
  coalesce(things.area_id, 0), coalesce(things.reporter_id, 0),
  pins.body, pins.category_id, st_x(pins.geom), st_y(pins.geom), pins.reported_on - date '1970-01-01', pins.created_at
from (
  (
    select pin_id
    from pins
    where @flag = 0
      and district_id = @district
      and publication = 'pending'
      and (@category = 0 or category_id = @category)
      and (@areas::int[] is null or area_id = any(@areas))
      and (@from::timestamptz is null or created_at >= @from)
      and (@until::timestamptz is null or created_at < @until)
      and (@after::timestamptz is null or (created_at, pin_id) > (@after, @after_id))
    order by created_at, pin_id
    limit @limit
  )
  union all
  (
    select pin_id
    from unnest(array(
      select thing_id
      from things
      where @flag <> 0
        and district_id = @district
        and publication = 'pending'
        and flags > 0
        and flags & @flag <> 0
    )) as flagged (id)
    join pins on district_id = @district
      and pin_id = flagged.id
    where publication = 'pending'
      and (@category = 0 or category_id = @category)
      and (@areas::int[] is null or area_id = any(@areas))
      and (@from::timestamptz is null or created_at >= @from)
      and (@until::timestamptz is null or created_at < @until)
      and (@after::timestamptz is null or (created_at, pin_id) > (@after, @after_id))
    order by created_at, pin_id
    limit @limit
  )
) as chosen
join pins on pins.district_id = @district
  and pins.pin_id = chosen.pin_id
join things on things.district_id = @district
  and things.thing_id = chosen.pin_id
order by pins.created_at, pins.pin_id
