-- Pages in which the staff of a district says in plain words what its council is
-- for. Texts are Markdown by language.
-- +goose Up
create table pages (
  district_id int not null references districts on delete cascade,
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  version int not null default 1 check (version >= 1),
  position int not null,
  title jsonb not null,
  body jsonb not null,
  changed_at timestamptz not null default now(),
  primary key (district_id, slug)
);
