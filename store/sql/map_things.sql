-- What the live index needs of the things other than pins that have changed since a
-- position, whose rows alone have the transaction that changed them. The first
-- reading, from 0, needs only those that are on the map. Those of the kinds @private are
-- never there, so that nothing public depends on them.
select things.district_id, things.thing_id, kind,
  case when on_map then state else '' end,
  case when on_map then st_x(geom) else 0 end,
  case when on_map then st_y(geom) else 0 end,
  not on_map
from things
left join contents using (district_id, thing_id)
cross join lateral (select publication = 'published' and geom is not null) as shown (on_map)
where kind <> all(@private)
  and (changed >= @next::xid8 or changed = any(@open::xid8[]))
  and (on_map or @next <> '0'::xid8)
