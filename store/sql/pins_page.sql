-- One page of the pins of pins_matching.sql, which precedes it: newest first, at
-- their shown locations.
select pin_id, category_id, status, publication, title, body, shown, shown_cell,
  coalesce(shown_area_id, 0), reported_on - date '1970-01-01', updated_at
from matching
where (@after_id::bigint is null or (reported_on, pin_id) < (@after_day::date, @after_id))
order by reported_on desc, pin_id desc
limit @limit
