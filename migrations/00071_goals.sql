-- How many of what is counted of its programme a district wants in a year, by measure.
-- +goose Up
alter table districts
  add goals jsonb not null default '{}';
