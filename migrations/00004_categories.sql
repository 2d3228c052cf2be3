-- A category belongs to one kind and says how exactly its pins may be shown.
-- Pins keep the place at which they are shown, so visibility cannot be changed
-- behind their back: that needs every shown place computed anew.
-- +goose Up
create table categories (
  district_id int not null references districts on delete cascade,
  category_id int not null check (category_id between 1 and 65535),
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  kind text not null check (kind in ('need', 'potential', 'organisation')),
  visibility text not null check (visibility in ('point', 'blurred', 'hex')),
  colour text not null check (colour ~ '^#[0-9a-f]{6}$'),
  icon text not null default '',
  label jsonb not null,
  hint jsonb not null default '{}',
  position int not null,
  primary key (district_id, category_id),
  unique (district_id, slug),
  unique (district_id, category_id, kind)
);

-- +goose StatementBegin
create function refuse_visibility_change() returns trigger
language plpgsql as $$
begin
  raise exception 'the visibility of category % cannot be changed while it has pins: their shown places depend on it', old.slug
    using errcode = 'check_violation';
end
$$;
-- +goose StatementEnd

create trigger refuse_visibility_change
before update of visibility on categories
for each row when (old.visibility <> new.visibility)
execute function refuse_visibility_change();

-- +goose Down
drop table categories;
drop function refuse_visibility_change;
