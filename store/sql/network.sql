-- Pairs of organisations, each with an initiative in which both take part, or an
-- offer of one that is taken up for what the other asks for. Who owns an initiative,
-- is a partner, or has an offer that it uses takes part in it. All are public.
with profiles (profile_id, pin_id) as (
  select from_id, to_id
  from links
  where district_id = @district
    and relation = 'profile_of'
),
shared as (
  select thing_id, kind, owner_id, title
  from things
  where district_id = @district
    and kind in ('initiative', 'offer', 'ask')
    and publication = 'published'
),
belongs (thing_id, pin_id) as ( -- asks and offers to organisations
  select thing_id, owner_id
  from shared
  where kind <> 'initiative'
    and owner_id is not null
  union
  select thing_id, coalesce(pin_id, to_id)
  from shared
  join links on district_id = @district
    and from_id = thing_id
    and relation = 'part_of'
  left join profiles on profile_id = to_id
  where kind <> 'initiative'
),
uses (user_id, offer_id) as (
  select from_id, to_id
  from links
  join shared on thing_id = to_id
    and kind = 'offer'
  where district_id = @district
    and relation = 'uses'
),
parts (thing_id, pin_id) as (
  select thing_id, owner_id
  from shared
  where kind = 'initiative'
    and owner_id is not null
  union
  select thing_id, coalesce(pin_id, from_id)
  from shared
  join links on district_id = @district
    and to_id = thing_id
    and relation = 'takes_part'
  left join profiles on profile_id = from_id
  where kind = 'initiative'
  union
  select user_id, pin_id
  from uses
  join shared on thing_id = user_id
    and kind = 'initiative'
  join belongs on belongs.thing_id = offer_id
  union
  select offer_id, pin_id
  from uses
  join shared on thing_id = user_id
    and kind = 'ask'
  cross join lateral (
    select pin_id
    from belongs
    where belongs.thing_id in (user_id, offer_id)
  ) as sides
),
organisations as (
  select parts.thing_id, pins.pin_id, pins.title
  from parts
  join pins on pins.district_id = @district
    and pins.pin_id = parts.pin_id
    and pins.kind = 'organisation'
    and pins.publication = 'published'
    and visibility <> 'hex'
)
select a.pin_id, b.pin_id, shared.thing_id, shared.kind, shared.title
from organisations as a
join organisations as b on b.thing_id = a.thing_id
  and (a.title, a.pin_id) < (b.title, b.pin_id)
join shared on shared.thing_id = a.thing_id
order by a.title, a.pin_id, b.title, b.pin_id, shared.thing_id
