-- The numbers of voices for things that somebody else than their reporter has: of
-- who supports them or one of the things merged into them, and of who reported one
-- of these. A contact and the devices on which it was given have one voice.
with recursive merged (root_id, thing_id) as (
  select id, id
  from unnest(@ids::bigint[]) as id
  union
  select root_id, from_id
  from merged
  join links on links.district_id = @district
    and to_id = thing_id
    and relation = 'duplicate_of'
),
given as (
  select root_id, contact_id, device_hash, null::bigint as duplicate_id
  from merged
  join supports on supports.district_id = @district
    and supports.thing_id = merged.thing_id
  union all
  select root_id, reporter_id, null, merged.thing_id
  from merged
  join things on things.district_id = @district
    and things.thing_id = merged.thing_id
  where merged.thing_id <> root_id
),
known as (
  select root_id, duplicate_id, device_hash,
    coalesce(contact_id, max(contact_id) filter (where device_hash is not null) over (partition by root_id, device_hash)) as contact_id
  from given
)
select root_id, count(distinct coalesce('contact ' || contact_id, 'device ' || encode(device_hash, 'hex'), 'thing ' || duplicate_id))
from known
join things on things.district_id = @district
  and things.thing_id = root_id
where contact_id is distinct from reporter_id
  or reporter_id is null
group by root_id
