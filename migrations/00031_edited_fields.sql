-- The fields of imported pins that people have changed, which no import
-- overwrites. A difference waits for somebody to accept it while the source says
-- something else than when the field was changed. Of a text that was redacted,
-- what the source says is not kept: both are null in JSON.
-- +goose Up
create table edited_fields (
  district_id int not null,
  pin_id bigint not null,
  field text not null check (field in ('title', 'body', 'category', 'place', 'status')),
  seen jsonb not null, -- what the source said when somebody changed the field
  imported jsonb not null, -- what it has said last
  import_id int, -- the import in which it said so
  primary key (district_id, pin_id, field),
  foreign key (district_id, pin_id) references things on delete cascade
);

-- What a pin says in a field, as edited_fields has it. The columns are given one by
-- one, since whoever reads a function of rows of pins waits for a first import.
-- +goose StatementBegin
create function field_value(field text, title text, body text, category_id int, place geometry, status text) returns jsonb
language sql stable parallel safe
begin atomic
  select case field
    when 'title' then to_jsonb(title)
    when 'body' then to_jsonb(body)
    when 'category' then to_jsonb(category_id)
    when 'place' then jsonb_build_array(st_x(place), st_y(place))
    when 'status' then to_jsonb(status)
  end;
end;
-- +goose StatementEnd
