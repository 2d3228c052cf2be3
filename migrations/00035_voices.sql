-- What counts as a voice for a thing is the same on its page, in lists and in
-- counts by month, so it is said once. A voice has the day on which it came first:
-- that of the support, in the time zone of the district, or that of the report of a
-- duplicate. The body is text, since PostgreSQL words a parsed one differently after
-- a dump was restored.
-- +goose Up
-- +goose StatementBegin
create function voices(district int, ids bigint[]) returns table (thing_id bigint, voice text, given_on date)
language sql stable
as $$
  with recursive merged (root_id, merged_id) as (
    select id, id
    from unnest(ids) as id
    union
    select root_id, from_id
    from merged
    join links on links.district_id = district
      and to_id = merged_id
      and relation = 'duplicate_of'
  ),
  given as (
    select root_id, contact_id, device_hash, null::bigint as duplicate_id, (supports.created_at at time zone time_zone)::date as day
    from merged
    join supports on supports.district_id = district
      and supports.thing_id = merged_id
    join districts on districts.district_id = district
    union all
    select root_id, reporter_id, null, merged_id, reported_on
    from merged
    join things on things.district_id = district
      and things.thing_id = merged_id
    left join pins on pins.district_id = district
      and pin_id = merged_id
    where merged_id <> root_id
  ),
  known as (
    select root_id, duplicate_id, device_hash, day,
      coalesce(contact_id, max(contact_id) filter (where device_hash is not null) over (partition by root_id, device_hash)) as contact_id
    from given
  )
  select root_id, coalesce('contact ' || contact_id, 'device ' || encode(device_hash, 'hex'), 'thing ' || duplicate_id) as voice, min(day)
  from known
  join things on things.district_id = district
    and things.thing_id = root_id
  where contact_id is distinct from reporter_id
    or reporter_id is null
  group by 1, 2
$$;
-- +goose StatementEnd

comment on function voices is 'The voices for things that somebody else than their reporter has: of who supports them or one of the things merged into them, and of who reported one of these. A contact and the devices on which it was given have one voice.';
