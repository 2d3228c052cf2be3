-- The ask and the offer of the link that an entry of the audit has recorded, if it is
-- still there and both are public, with all that they belong to: an initiative, an
-- organisation, pins.
with recursive link as (
  select from_id, to_id
  from audit
  join texts using (text_id)
  join links on links.district_id = audit.district_id
    and from_id = (content::jsonb ->> 'from')::bigint
    and relation = content::jsonb ->> 'relation'
    and to_id = (content::jsonb ->> 'to')::bigint
  where audit.district_id = @district
    and audit_id = @entry
    and 2 = (
      select count(*)
      from things
      where things.district_id = @district
        and (things.thing_id, things.kind) in ((from_id, 'ask'), (to_id, 'offer'))
        and publication = 'published'
    )
),
belonging (thing_id) as (
  select unnest(array[from_id, to_id])
  from link
  union
  select next.thing_id
  from belonging
  cross join lateral (
    select to_id
    from links
    where district_id = @district
      and from_id = belonging.thing_id
      and relation in ('part_of', 'profile_of')
    union all
    select owner_id
    from things
    where district_id = @district
      and things.thing_id = belonging.thing_id
      and owner_id is not null
  ) as next (thing_id)
)
select from_id, to_id, array(select thing_id from belonging)
from link
