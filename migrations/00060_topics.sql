-- About what a district advises, with the days in which a request is to be answered.
-- Things name topics by their slugs, so that topics can be replaced.
-- +goose Up
create table topics (
  district_id int not null references districts on delete cascade,
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  position int not null,
  label jsonb not null, -- by language
  target_days int not null check (target_days > 0),
  primary key (district_id, slug)
);

create trigger stamp_districts_on_insert after insert on topics
referencing new table as altered
for each statement execute function stamp_districts();

create trigger stamp_districts_on_update after update on topics
referencing new table as altered
for each statement execute function stamp_districts();

create trigger stamp_districts_on_delete after delete on topics
referencing old table as altered
for each statement execute function stamp_districts();
