-- Every node serves a file of its own, or one that they share, as the basemap of
-- all districts. This row says which one was made last, so that a node with
-- another one is noticed.
-- +goose Up
create table basemap (
  only_row boolean primary key default true check (only_row),
  hash text not null,
  source text not null,
  made_at timestamptz not null
);
