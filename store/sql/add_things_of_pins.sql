-- Adds the things of all pins, none of which there is yet. That the district has
-- the category of each pin is checked as in place_pins().
insert into things (district_id, thing_id, kind, publication, title, area_id)
select district_id, pin_id, 'pin', publication, title, area_id
from pins
join categories using (district_id, category_id, kind, visibility)
