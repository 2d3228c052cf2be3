-- The asks and offers that may fit those with the ids @ids, each with the one that it
-- may fit, and these themselves, as they fit themselves. Candidates are of the other
-- kind, of the same @what, public, open, at a time in common, not linked already, not
-- of the same organisation, and no farther than @radius metres if both places are
-- known; they have a category in common or, if @common is false, none. Of each, it
-- returns the @most with the most categories in common, and then the nearest ones.
-- What has no place of its own is where that is of which it is, as the public knows
-- it: the initiative or the pin, the pin of the organisation with that profile, or
-- that of the organisation to which it belongs.
with given as materialized (
  select things.thing_id, things.kind, owner_id, category_ids, geom,
    content #>> '{words,what}' as what, coalesce(content #>> '{words,from}', '') as begins, coalesce(content #>> '{words,until}', '9999') as ends
  from things
  join contents using (district_id, thing_id)
  where things.district_id = @district
    and things.thing_id = any(@ids)
    and things.kind in ('ask', 'offer')
),
open as materialized (
  select kind, thing_id, owner_id
  from things
  where district_id = @district
    and kind in (select case kind when 'ask' then 'offer' else 'ask' end from given)
    and kind <> 'pin'
    and state = 'open'
    and publication = 'published'
),
taken as materialized (
  select from_id, to_id
  from given
  join links on district_id = @district
    and from_id = thing_id
    and relation = 'uses'
  union all
  select from_id, to_id
  from given
  join links on district_id = @district
    and to_id = thing_id
    and relation = 'uses'
),
said as materialized (
  select given.thing_id as given_id, given.kind as given_kind, given.owner_id as given_owner_id, given.category_ids as given_category_ids,
    contents.thing_id, contents.geom, contents.category_ids
  from given
  join contents on district_id = @district
    and content #>> '{words,what}' = given.what
  where coalesce(contents.category_ids && given.category_ids, false) = @common
    and (given.what <> 'other' or @common)
    and coalesce(content #>> '{words,from}', '') <= given.ends
    and coalesce(content #>> '{words,until}', '9999') >= given.begins
),
candidates as materialized (
  select given_id, open.thing_id, open.owner_id, said.geom,
    case when @common then (select count(*) from unnest(said.category_ids) as id where id = any(given_category_ids)) else 0 end as common
  from said
  join open using (thing_id)
  where open.kind <> given_kind
    and (open.owner_id is null or given_owner_id is null or open.owner_id <> given_owner_id)
    and (given_id, open.thing_id) not in (
      select from_id, to_id
      from taken
      union all
      select to_id, from_id
      from taken
    )
  union all
  select thing_id, thing_id, owner_id, geom, 0
  from given
),
homeless as materialized (
  select distinct thing_id, owner_id
  from candidates
  where geom is null
),
wholes as materialized (
  select homeless.thing_id, to_id, contents.geom, contents.thing_id is null as is_pin
  from homeless
  join links on links.district_id = @district
    and from_id = homeless.thing_id
    and relation = 'part_of'
  left join contents on contents.district_id = @district
    and contents.thing_id = to_id
),
hidden as materialized (
  select thing_id
  from things
  where district_id = @district
    and publication <> 'published'
    and kind <> 'pin'
),
homes as (
  select distinct on (thing_id) thing_id, place
  from (
    select thing_id, 1 as rank, to_id as other_id, geom as place
    from wholes
    where to_id not in (select hidden.thing_id from hidden)
    union all
    select thing_id, 1, pin_id, shown
    from wholes
    join pins on pins.district_id = @district
      and pin_id = to_id
      and publication = 'published'
      and visibility <> 'hex'
    where is_pin
    union all
    select thing_id, 2, pin_id, shown
    from wholes
    join links as profile on profile.district_id = @district
      and profile.from_id = wholes.to_id
      and profile.relation = 'profile_of'
    join pins on pins.district_id = @district
      and pin_id = profile.to_id
      and publication = 'published'
      and visibility <> 'hex'
    where wholes.geom is null
      and not is_pin
    union all
    select thing_id, 3, pin_id, shown
    from homeless
    join pins on pins.district_id = @district
      and pin_id = owner_id
      and publication = 'published'
      and visibility <> 'hex'
  ) as known
  where place is not null
  order by thing_id, rank, other_id
),
placed as materialized (
  select given_id, thing_id, common, coalesce(geom, place) as place
  from candidates
  left join homes using (thing_id)
),
ranked as (
  select placed.*, row_number() over (partition by placed.given_id order by placed.common desc, metres, placed.thing_id) as rank
  from placed
  join placed as self on self.given_id = placed.given_id
    and self.thing_id = placed.given_id
  cross join lateral (
    select st_distancesphere(self.place, placed.place) as metres
  ) as apart
  where placed.thing_id <> placed.given_id
    and coalesce(metres, 0) <= @radius
)
select given_id, things.thing_id, things.kind, things.publication, things.state, things.version, things.title,
  coalesce(things.area_id, 0), coalesce(things.reporter_id, 0), coalesce(things.owner_id, 0),
  content #>> '{words,what}', contents.category_ids, coalesce(content #>> '{words,from}', ''), coalesce(content #>> '{words,until}', ''),
  st_x(place), st_y(place)
from (
  select given_id, thing_id, place
  from ranked
  where rank <= @most
  union all
  select given_id, thing_id, place
  from placed
  where thing_id = given_id
) as chosen
join things on things.district_id = @district
  and things.thing_id = chosen.thing_id
join contents on contents.district_id = @district
  and contents.thing_id = chosen.thing_id
order by given_id, things.thing_id
