-- A pin has two areas. That of its exact location is for staff alone: where a
-- border cuts a cell, it would disclose in which part of the cell the pin is.
-- That of its shown location is for everything public. A pin that is shown
-- outside all areas belongs to none, and still counts in the district.
--
-- A pin also keeps the visibility by which its shown location was derived. The
-- foreign key makes it that of its category, which can therefore not be changed
-- while it has pins.
-- +goose Up
alter table pins
  add visibility text,
  add shown_area_id int;

update pins
set visibility = categories.visibility,
  shown_area_id = area_at(pins.district_id, pins.shown)
from categories
where categories.district_id = pins.district_id
  and categories.category_id = pins.category_id;

update import_changes
set before = import_changes.before || jsonb_build_object('visibility', categories.visibility)
from categories
where categories.district_id = import_changes.district_id
  and categories.category_id = (import_changes.before ->> 'category_id')::int;

alter table pins
  alter visibility set not null,
  drop constraint pins_district_id_category_id_kind_fkey;
alter table categories
  drop constraint categories_district_id_category_id_kind_key,
  add unique (district_id, category_id, kind, visibility);
alter table pins
  add foreign key (district_id, category_id, kind, visibility)
    references categories (district_id, category_id, kind, visibility);

drop trigger refuse_visibility_change on categories;
drop function refuse_visibility_change;

-- What is published only in counts is in no list.
drop index pins_newest;
drop index pins_shown;
drop index pins_search;
create index pins_newest on pins (district_id, reported_on desc, pin_id desc)
where publication = 'published' and visibility <> 'hex';
create index pins_shown on pins using gist (shown)
where publication = 'published' and visibility <> 'hex';
create index pins_search on pins using gin (search)
where publication = 'published' and visibility <> 'hex';
