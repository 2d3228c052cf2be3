-- Whoever begins to ask sees at once what was answered about the area, however many
-- answers there are: the newest of an area are read from this index.
-- +goose Up
create index things_answers on things (district_id, area_id, thing_id) where kind = 'answer' and publication = 'published';
