-- Adds or changes the occurrences of a thing. Those that say the same are changed too:
-- that locks them, so that whoever registers waits for what the series becomes.
insert into occurrences (district_id, thing_id, day, starts_at, ends_at, starts_on, cancelled, capacity, tags, attendance)
select @district, @thing, new.day, new.starts_at, new.ends_at, new.starts_on, new.cancelled, new.capacity, @tags, new.attendance
from unnest(@days::date[], @starts::timestamptz[], @ends::timestamptz[], @starts_on::date[], @cancelled::boolean[], @capacities::int[],
  @attendances::int[]) as new (day, starts_at, ends_at, starts_on, cancelled, capacity, attendance)
order by new.day
on conflict (district_id, thing_id, day) do update
set starts_at = excluded.starts_at,
  ends_at = excluded.ends_at,
  starts_on = excluded.starts_on,
  cancelled = excluded.cancelled,
  capacity = excluded.capacity,
  tags = excluded.tags,
  attendance = excluded.attendance
