-- Creates the table of the rows of an import that are not yet merged into the
-- pins, that of those to be merged, with the pin that a row updates, that of the
-- words of these, and that of what rows say of fields that people have changed.
create temporary table staged (
  row int not null,
  external_id text not null,
  category_id int not null,
  kind text not null,
  visibility text not null,
  status text not null,
  title text not null,
  body text not null,
  geom geometry not null,
  cell bigint not null,
  shown geometry not null,
  shown_cell bigint not null,
  area_id int,
  shown_area_id int,
  reported_on date not null
) on commit drop;

create temporary table changed (
  row int not null,
  pin_id bigint,
  updated_at timestamptz
) on commit drop;

create temporary table changed_words (
  row int not null,
  search tsvector not null
) on commit drop;

create temporary table kept_fields (
  row int not null,
  pin_id bigint not null,
  field text not null,
  said jsonb not null
) on commit drop
