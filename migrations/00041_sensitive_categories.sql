-- Of a sensitive category, counts are of more people and of larger cells than of
-- other categories whose pins are published only in counts.
-- +goose Up
alter table categories
  add sensitive boolean not null default false,
  add check (not sensitive or visibility = 'hex');
