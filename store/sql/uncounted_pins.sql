-- The pins that are published only in counts, of the days before one, and are not
-- counted.
select pin_id, category_id, shown_cell, reported_on - date '1970-01-01', coalesce(source_id, 0), coalesce(reporter_id, 0)
from pins
join things on things.district_id = pins.district_id
  and thing_id = pin_id
where pins.district_id = @district
  and visibility = 'hex'
  and pins.publication = 'published'
  and reported_on < @before
  and not exists (
    select
    from leaf_pins
    where leaf_pins.district_id = pins.district_id
      and leaf_pins.pin_id = pins.pin_id
  )
order by category_id, pin_id
