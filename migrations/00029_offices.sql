-- Places where residents meet the council or the staff of the programme. Texts
-- are by language. Offices are few, so a change of boundaries sets their areas
-- anew without a condition.
-- +goose Up
alter table things drop constraint things_kind_check;
alter table things add constraint things_kind_check check (kind in ('pin', 'office'));

create table offices (
  district_id int not null,
  office_id bigint not null,
  name jsonb not null,
  purpose jsonb not null,
  hours jsonb not null,
  address jsonb not null,
  geom geometry(Point, 4326) not null,
  primary key (district_id, office_id),
  foreign key (district_id, office_id) references things on delete cascade
);

-- +goose StatementBegin
create function reassign_offices() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  update things
  set area_id = area_at(offices.district_id, geom)
  from offices
  where offices.district_id in (select district_id from altered)
    and things.district_id = offices.district_id
    and thing_id = office_id
    and things.area_id is distinct from area_at(offices.district_id, geom);
  return null;
end
$$;
-- +goose StatementEnd

create trigger reassign_offices_on_insert after insert on areas
referencing new table as altered
for each statement execute function reassign_offices();

create trigger reassign_offices_on_update after update on areas
referencing new table as altered
for each statement execute function reassign_offices();

create trigger reassign_offices_on_delete after delete on areas
referencing old table as altered
for each statement execute function reassign_offices();
