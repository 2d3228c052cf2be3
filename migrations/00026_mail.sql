-- Mails: one row and one recorded outcome for each recipient. A row has no
-- address and no secret: they are looked up or made when it is sent. Who caused a
-- mail inserts its row, and a job of River that sends it, in the transaction that
-- the mail tells of.
-- +goose Up
create table deliveries (
  district_id int not null, -- 0 for a mail of the installation
  delivery_id bigint generated always as identity,
  contact_id bigint,
  account_id bigint references accounts on delete cascade,
  kind text not null check (kind <> ''),
  thing_id bigint,
  audit_id bigint,
  fact text not null default '', -- what it tells, once to each recipient; '' for what may be repeated
  data jsonb not null default '{}', -- ids and public values by name
  channel text not null default 'mail' check (channel = 'mail'),
  created_at timestamptz not null default now(),
  due_at timestamptz not null default now(),
  attempts int not null default 0,
  sent_at timestamptz, -- handed over to a server that has accepted it
  skipped_at timestamptz, -- not sent, since it was no longer true or wanted
  dead_at timestamptz, -- not sent, since it cannot be delivered
  error text not null default '', -- of the last attempt, or why it was skipped; without addresses
  primary key (district_id, delivery_id),
  foreign key (district_id, contact_id) references contacts on delete cascade, -- an erased contact leaves no mails
  check (num_nonnulls(contact_id, account_id) = 1),
  check (num_nonnulls(sent_at, skipped_at, dead_at) <= 1)
);
create unique index deliveries_fact
  on deliveries (district_id, coalesce(contact_id, 0), coalesce(account_id, 0), coalesce(thing_id, 0), fact)
  where fact <> '';
create index deliveries_contact on deliveries (district_id, contact_id) where contact_id is not null;
create index deliveries_account on deliveries (account_id) where account_id is not null;
create index deliveries_done on deliveries (district_id, created_at) where fact = '';

-- What servers reported of mails that they had accepted.
create table bounces (
  district_id int not null,
  bounce_id bigint generated always as identity,
  delivery_id bigint not null,
  received_at timestamptz not null default now(),
  permanent boolean not null, -- whether the address receives no mails
  status text not null, -- enhanced status code (RFC 3463)
  primary key (district_id, bounce_id),
  unique (district_id, delivery_id, status),
  foreign key (district_id, delivery_id) references deliveries on delete cascade
);

-- Rendered mails of an installation that has no mail server, the newest few. They
-- contain addresses and links to sign in, so they are encrypted.
create table outbox (
  district_id int not null,
  outbox_id bigint generated always as identity,
  delivery_id bigint not null,
  created_at timestamptz not null default now(),
  message_sealed bytea not null,
  primary key (district_id, outbox_id),
  foreign key (district_id, delivery_id) references deliveries on delete cascade
);
create index outbox_delivery on outbox (district_id, delivery_id);

-- What was done of the work that is done once a period, by when it was due.
create table periodic_runs (
  district_id int not null references districts on delete cascade,
  task text not null,
  due_at timestamptz not null,
  ran_at timestamptz not null default now(),
  primary key (district_id, task, due_at)
);
