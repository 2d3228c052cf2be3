-- What was done, by whom, to what, and why. The entries are never changed: texts
-- and names, which can hold personal data, are in tables of their own, from which
-- they can be erased, and the entries have their hashes. Entries that all
-- transactions see are sealed into a chain of hashes for each district, in the
-- order of their transactions; audit_unsealed has the others.
-- +goose Up
create table actors (
  actor_id int generated always as identity primary key,
  kind text not null check (kind in ('unknown', 'contact', 'account', 'operator', 'system')),
  person_id bigint not null default 0, -- of a contact or an account
  name text not null, -- of an operator; '' for the others
  unique (kind, person_id, name)
);
insert into actors (kind, name) values ('unknown', ''), ('system', '');

create table texts (
  text_id bigint generated always as identity primary key,
  district_id int not null,
  content text, -- in JSON; null once erased
  salt bytea, -- without which a short text could be guessed from its hash; erased with the content
  hash bytea not null check (length(hash) = 32),
  check ((content is null) = (salt is null))
);

-- No foreign key to a district, an import or a thing, which the record outlives.
create table audit (
  audit_id bigint generated always as identity primary key,
  district_id int not null,
  happened_at timestamptz not null default now(),
  actor_id int not null references actors,
  action text not null check (action <> ''),
  thing_id bigint, -- null for an action on many things
  import_id int,
  state_before text,
  state_after text,
  text_id bigint references texts, -- what the thing says after the action
  reason_id bigint references texts
);
create index audit_thing on audit (district_id, thing_id) where thing_id is not null;

create table audit_unsealed (
  audit_id bigint primary key references audit,
  changed xid8 not null default pg_current_xact_id()
);

create table audit_seals (
  district_id int not null,
  sequence bigint not null check (sequence > 0),
  audit_id bigint not null unique references audit,
  hash bytea not null check (length(hash) = 32),
  primary key (district_id, sequence)
);

-- +goose StatementBegin
create function refuse_change() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  raise feature_not_supported using message = format('rows of %s are never changed or deleted', tg_table_name);
end
$$;
-- +goose StatementEnd

create trigger refuse_change before update or delete or truncate on audit
for each statement execute function refuse_change();

create trigger refuse_change before update or delete or truncate on audit_seals
for each statement execute function refuse_change();
