-- The day on which a thing was first public, by the clocks of its district: that of the
-- first entry of its record that made it so. To find it there for each of many things
-- took a third of a second. Pins have the day on which they were reported instead.
-- How many came is beside the occurrence, since measures add it up.
-- +goose Up
alter table things add published_on date;
alter table occurrences add attendance int; -- null while nobody has counted

update things
set published_on = (
  select (min(happened_at) at time zone time_zone)::date
  from audit
  where audit.district_id = things.district_id
    and audit.thing_id = things.thing_id
    and state_after = 'published'
)
from districts
where things.district_id = districts.district_id
  and things.kind <> 'pin';

create index things_published_on on things (district_id, kind, published_on, thing_id) where published_on is not null;
