-- Texts from which the staff of a district chooses for public updates on things in
-- a state, of a category, or of any. The record has what was chosen, so that
-- these can be replaced.
-- +goose Up
create table update_templates (
  district_id int not null references districts on delete cascade,
  key text not null check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  position int not null,
  status text, -- null for any
  category_id int, -- null for any
  texts jsonb not null, -- by language
  primary key (district_id, key),
  foreign key (district_id, category_id) references categories (district_id, category_id) on delete cascade
);
