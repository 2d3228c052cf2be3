-- Who advises about what, who takes over in an absence, and who has a request. That
-- somebody is an adviser is a role; a row here says more of it. What was assigned
-- before stays, so that it can be read why somebody had a request.
-- +goose Up
create table advisers (
  district_id int not null references districts on delete cascade,
  account_id bigint not null references accounts on delete cascade,
  topics text[] not null default '{}', -- slugs
  deputy_id bigint references accounts on delete set null,
  absent_from date,
  absent_until date, -- the last day; null for an absence without an end
  primary key (district_id, account_id),
  check (absent_until >= absent_from)
);

create table advice_assignments (
  district_id int not null,
  assignment_id bigint generated always as identity,
  thing_id bigint not null,
  account_id bigint references accounts on delete set null, -- null for nobody
  why text not null check (why in ('load', 'deputy', 'absence', 'hand_over', 'nobody')),
  since timestamptz not null default now(),
  until timestamptz, -- null while it lasts
  primary key (district_id, assignment_id),
  foreign key (district_id, thing_id) references things on delete cascade
);
create unique index advice_assignments_current on advice_assignments (district_id, thing_id) where until is null;
create index advice_assignments_account on advice_assignments (district_id, account_id) where until is null;
