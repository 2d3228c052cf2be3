-- A contact is somebody who gave an e-mail address. That is encrypted with a key
-- that is not in the database (package store/keyring); a keyed hash of it keeps
-- contacts unique. key_in_use has the one key that new rows are of, so that no
-- node adds one with another while the keys are changed. things.reporter_id needs
-- no foreign key, which an import of a million things would check for each.
-- +goose Up
create table key_in_use (
  only_row boolean primary key default true check (only_row),
  key_id text not null,
  mark bytea not null check (length(mark) = 32), -- tells the key from others of the same id
  since timestamptz not null default now()
);

create table contacts (
  district_id int not null references districts on delete cascade,
  contact_id bigint not null generated always as identity,
  email_sealed bytea not null,
  email_hash bytea not null check (length(email_hash) = 32),
  key_id text not null,
  language text not null,
  cadence text not null default 'instant' check (cadence in ('instant', 'daily', 'weekly')),
  confirmed_at timestamptz,
  bounced_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (district_id, contact_id),
  unique (district_id, email_hash)
);

-- The newest erasure of a contact that the database has carried out: those that
-- came later on the list beside it (package store/erasures) are carried out again
-- when a backup was restored. Its row is locked by whoever erases.
create table newest_erasure (
  only_row boolean primary key default true check (only_row),
  erased_at timestamptz not null default 'epoch'
);
insert into newest_erasure default values;

-- +goose StatementBegin
create function forget_reporters() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  update things
  set reporter_id = null
  from removed
  where things.district_id = removed.district_id
    and things.reporter_id = removed.contact_id;
  return null;
end
$$;
-- +goose StatementEnd

create trigger forget_reporters after delete on contacts
referencing old table as removed
for each statement execute function forget_reporters();

-- The program encrypts the addresses in contributors when it first has a key, and
-- drops these tables then.
-- +goose StatementBegin
do $$
begin
  if not exists (select from contributors) then
    drop table pin_contributors, contributors;
  end if;
end
$$;
-- +goose StatementEnd
