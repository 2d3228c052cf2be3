-- One batch a run. What an import changed can be put back: import_changes keeps
-- each touched pin as it was before (null: it was not there).
-- +goose Up
create table imports (
  district_id int not null references districts on delete cascade,
  import_id int not null,
  source_id int not null,
  file_name text not null,
  finished_at timestamptz not null default now(),
  read int not null,
  created int not null,
  updated int not null,
  unchanged int not null,
  rejected int not null,
  undone_at timestamptz,
  primary key (district_id, import_id),
  foreign key (district_id, source_id) references sources,
  check (read = created + updated + unchanged + rejected)
);

create table import_changes (
  district_id int not null,
  import_id int not null,
  pin_id bigint not null,
  before jsonb,
  primary key (district_id, import_id, pin_id),
  foreign key (district_id, import_id) references imports on delete cascade
);
create index import_changes_pin on import_changes (district_id, pin_id);

-- +goose Down
drop table import_changes;
drop table imports;
