-- The follows of a contact, or the one with an id, the newest first.
select follow_id, contact_id, coalesce(follows.thing_id, 0), coalesce(things.kind, ''), coalesce(title, ''), kinds, statuses, category_ids, area_ids, cadence,
  coalesce(confirmed_at, 'epoch'), coalesce(ended_at, 'epoch')
from follows
left join things on things.district_id = follows.district_id
  and things.thing_id = follows.thing_id
  and publication = 'published'
  and not exists (
    select
    from pins
    where pins.district_id = @district
      and pin_id = things.thing_id
      and visibility = 'hex'
  )
where follows.district_id = @district
  and (contact_id = @contact or follow_id = @follow)
order by follow_id desc
