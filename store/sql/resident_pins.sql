select pin_id, categories.slug, pins.publication, pins.status, pins.title, body, st_x(geom), st_y(geom),
  reported_on::text, created_at, updated_at
from things
join pins on pins.district_id = things.district_id and pin_id = thing_id
join categories on categories.district_id = pins.district_id and categories.category_id = pins.category_id
where things.district_id = @district
  and reporter_id = @contact
order by pin_id
