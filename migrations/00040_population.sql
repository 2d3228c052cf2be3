-- How many people live in a district, from one source and of one day. Residents by
-- area stay where the boundaries of areas are, in areas.residents; a grid, where
-- there is one, has those of cells, and a cell that is not in it has none. All are
-- replaced together.
-- +goose Up
create table populations (
  district_id int primary key references districts on delete cascade,
  counted_on date not null,
  source text not null check (source <> ''),
  resolution int check (resolution between 0 and 15) -- of the cells; null without a grid
);

create table population_cells (
  district_id int not null references populations on delete cascade,
  cell bigint not null, -- H3
  people float8 not null check (people >= 0),
  primary key (district_id, cell)
);
