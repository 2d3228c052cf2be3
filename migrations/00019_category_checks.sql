-- The checks that replaced the foreign key from pins to categories
-- (00017_category_checks.sql) held only in transactions that read what others
-- have committed, which those of the program are: with REPEATABLE READ, each of
-- two could miss the row of the other. They refuse other transactions now. The
-- foreign key also refused to truncate the categories of pins.
-- +goose Up
-- +goose StatementBegin
create function require_read_committed() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if current_setting('transaction_isolation') not in ('read committed', 'read uncommitted') then
    raise feature_not_supported using
      message = format('%s can be changed in transactions with READ COMMITTED only', tg_table_name),
      detail = 'The checks between pins and their categories do not see all rows in others.';
  end if;
  return null;
end
$$;
-- +goose StatementEnd

create trigger require_read_committed before insert or update on pins
for each statement execute function require_read_committed();

create trigger require_read_committed before update or delete on categories
for each statement execute function require_read_committed();

-- +goose StatementBegin
create function keep_truncated_categories_of_pins() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (select from pins) then
    raise foreign_key_violation using
      message = 'pins have these categories',
      hint = 'Truncate pins with them.',
      constraint = 'pins_category';
  end if;
  return null;
end
$$;
-- +goose StatementEnd

create trigger keep_truncated_categories_of_pins after truncate on categories
for each statement execute function keep_truncated_categories_of_pins();
