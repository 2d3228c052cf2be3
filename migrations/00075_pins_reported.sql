-- Measures count the pins of a time that were reported on the map. What was imported,
-- by far the most where a city keeps a register, is all others.
-- +goose Up
create index pins_reported on pins (district_id, reported_on)
where publication = 'published'
  and visibility <> 'hex'
  and source_id is null;
