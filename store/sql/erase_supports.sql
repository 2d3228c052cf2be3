-- Keeps the voices of a contact as those of somebody unknown, so that no count
-- changes: all have the same random number, which nobody is known by, and only
-- their month. Those that are not counted are deleted: for what the contact has
-- reported, and those of a device for what the contact supports from it.
with recursive own as (
  select support_id, thing_id, contact_id, device_hash
  from supports
  where district_id = @district
    and (contact_id = @contact
      or contact_id is null and device_hash in (
        select device_hash
        from supports
        where district_id = @district
          and contact_id = @contact
      ))
),
reported as (
  select thing_id
  from things
  where district_id = @district
    and reporter_id = @contact
),
above (thing_id, root_id) as (
  select thing_id, thing_id
  from (select thing_id from own union select thing_id from reported) as concerned
  union
  select above.thing_id, to_id
  from above
  join links on district_id = @district
    and from_id = root_id
    and relation = 'duplicate_of'
),
roots as (
  select thing_id, root_id
  from above
  where not exists (
    select
    from links
    where district_id = @district
      and from_id = root_id
      and relation = 'duplicate_of'
  )
),
uncounted as (
  select support_id
  from own
  join roots using (thing_id)
  where exists (
    select
    from roots as other
    join reported using (thing_id)
    where other.root_id = roots.root_id
      and own.contact_id is not null
  ) or own.contact_id is null and exists (
    select
    from own as given
    join roots as other using (thing_id)
    where given.contact_id is not null
      and given.device_hash = own.device_hash
      and other.root_id = roots.root_id
  )
),
deleted as (
  delete from supports
  using uncounted
  where supports.district_id = @district
    and supports.support_id = uncounted.support_id
)
update supports
set contact_id = null,
  device_hash = @unknown,
  created_at = date_trunc('month', supports.created_at, time_zone)
from districts
where supports.district_id = @district
  and districts.district_id = @district
  and contact_id = @contact
  and support_id not in (select support_id from uncounted)
