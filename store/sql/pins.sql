-- Published pins, newest first, at their shown places; follows pins_chosen.sql.
select p.pin_id, p.category_id, p.status, p.title, p.body, p.shown, p.shown_cell,
  coalesce(p.area_id, 0), p.reported_on - date '1970-01-01', p.updated_at
from chosen p
where (@after_id::bigint is null or (p.reported_on, p.pin_id) < (@after_day::date, @after_id))
order by p.reported_on desc, p.pin_id desc
limit @limit
