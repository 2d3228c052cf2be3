-- Things that are listed in another queue than that of what waits to be public,
-- with since when: @ids and @since have one value for each. Those of the kinds @private
-- have pages of their own.
select things.thing_id, things.kind, things.publication, coalesce(pins.status, things.state, ''), things.version, things.title,
  coalesce(things.area_id, 0), coalesce(things.reporter_id, 0),
  coalesce(pins.body, ''), coalesce(pins.category_id, 0), coalesce(st_x(pins.geom), 0), coalesce(st_y(pins.geom), 0),
  coalesce(pins.reported_on - date '1970-01-01', 0), listed.since
from unnest(@ids::bigint[], @since::timestamptz[]) as listed (thing_id, since)
join things on things.district_id = @district
  and things.thing_id = listed.thing_id
left join pins on pins.district_id = things.district_id
  and pins.pin_id = things.thing_id
where things.kind <> all(@private)
  and (@category = 0 or pins.category_id = @category)
  and (@areas::int[] is null or things.area_id = any(@areas))
  and (@flag = 0 or things.flags & @flag <> 0)
  and (@after::timestamptz is null or (listed.since, things.thing_id) > (@after, @after_id))
order by listed.since, things.thing_id
limit @limit
