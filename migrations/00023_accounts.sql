-- Who may do what. An account is somebody of the installation to whom admins give
-- roles in districts. Its address is encrypted with a key that is not in the
-- database; the hash, with a key too, finds it. Of tokens and codes, only hashes
-- are kept. A person is an account, or a contact of a district.
-- +goose Up
create table accounts (
  account_id bigint generated always as identity primary key,
  email_sealed bytea not null,
  email_hash bytea not null unique check (octet_length(email_hash) = 32),
  key_id text not null,
  name text not null check (name <> ''),
  language text not null, -- of mail to the account
  created_at timestamptz not null default now(),
  ended_at timestamptz -- since when the account cannot be used; null while it can
);

create table grants (
  district_id int not null references districts on delete cascade,
  grant_id bigint generated always as identity,
  account_id bigint not null references accounts on delete cascade,
  role text not null check (role in ('member', 'adviser', 'animator', 'council', 'moderator', 'admin')),
  area_id int, -- of an animator; null for the whole district
  organisation_id bigint, -- of a member: the pin of the organisation
  until timestamptz, -- the role ends then; null for one without end
  given_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  primary key (district_id, grant_id),
  foreign key (district_id, area_id) references areas on delete cascade, -- not to the whole district
  check (area_id is null or role = 'animator'),
  check (organisation_id is null or role = 'member')
);
create index grants_account on grants (account_id);

-- A request for a mail to sign in is stored before anybody looks whether there is
-- such a person, so that the response is the same, and takes as long, for
-- everybody. Of somebody unknown nothing remains.
create table sign_in_requests (
  request_id bigint generated always as identity primary key,
  email_sealed bytea, -- null once a mail has been queued
  asked_hash bytea not null check (octet_length(asked_hash) = 32), -- of the secret of the browser that asks
  district_id int, -- whose contacts may be meant; null for accounts only
  next text not null, -- path of the page to show afterwards; '' for none
  kind text check (kind in ('account', 'contact')), -- of the person; null until a mail has been queued
  person_id bigint,
  created_at timestamptz not null default now()
);
create index sign_in_requests_waiting on sign_in_requests (request_id) where email_sealed is not null;
create index sign_in_requests_person on sign_in_requests (kind, person_id, created_at);

create table sign_in_links (
  token_hash bytea primary key check (octet_length(token_hash) = 32), -- SHA-256
  asked_hash bytea not null unique check (octet_length(asked_hash) = 32), -- of the browser in which the code may be typed
  code_hash bytea not null check (octet_length(code_hash) = 32), -- with a key: a code could be guessed
  kind text not null check (kind in ('account', 'contact')),
  district_id int not null default 0, -- of a contact
  person_id bigint not null,
  next text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  attempts int not null default 0 -- to type the code
);
create index sign_in_links_expired on sign_in_links (expires_at);

create table sessions (
  session_id bigint generated always as identity primary key,
  token_hash bytea not null unique check (octet_length(token_hash) = 32), -- SHA-256
  previous_hash bytea unique check (octet_length(previous_hash) = 32), -- of the token before, valid for a minute after it was replaced
  replaced_at timestamptz not null default now(),
  replace_token boolean not null default false, -- since rights have changed
  kind text not null check (kind in ('account', 'contact')),
  district_id int not null default 0, -- of a contact
  person_id bigint not null,
  device text not null, -- browser and system, such as "Firefox, Android"
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sessions_person on sessions (kind, district_id, person_id);
create index sessions_expired on sessions (expires_at);

-- A contact or an account that is deleted is signed in nowhere any more.
-- +goose StatementBegin
create function end_sign_ins() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
  deleted_kind text := tg_argv[0];
begin
  delete from sessions
  using removed
  where kind = deleted_kind
    and person_id = (to_jsonb(removed) ->> (deleted_kind || '_id'))::bigint;
  delete from sign_in_links
  using removed
  where kind = deleted_kind
    and person_id = (to_jsonb(removed) ->> (deleted_kind || '_id'))::bigint;
  delete from sign_in_requests
  using removed
  where kind = deleted_kind
    and person_id = (to_jsonb(removed) ->> (deleted_kind || '_id'))::bigint;
  return null;
end
$$;
-- +goose StatementEnd

create trigger end_sign_ins after delete on contacts
referencing old table as removed
for each statement execute function end_sign_ins('contact');

create trigger end_sign_ins after delete on accounts
referencing old table as removed
for each statement execute function end_sign_ins('account');
