-- What the desk of moderators is made of: notices that a published text should
-- not be public, as article 16 of Regulation (EU) 2022/2065 has them, requests of
-- persons whom a text names to be erased, and objections to decisions; who looks
-- at what; which flags the text of a waiting pin has (package civic/flags), so
-- that the queue can be filtered by them; and what a district has chosen.
--
-- What a report says is a text of the audit, from which it can be erased.
-- +goose Up
create table reports (
  district_id int not null,
  report_id bigint not null generated always as identity,
  thing_id bigint not null,
  kind text not null check (kind in ('notice', 'erasure', 'objection')),
  ground text not null check (ground in ('illegal', 'personal_data', 'insult', 'false', 'spam', 'other')),
  name text not null default '', -- of whoever reports, if they give one
  contact_id bigint, -- who is told what comes of it
  audit_id bigint not null, -- the entry with what the report says
  decided_by int references actors (actor_id), -- of an objection: who made the decision
  reported_at timestamptz not null default now(),
  closed_at timestamptz,
  closed_audit_id bigint, -- the entry with the decision and its reason
  upheld boolean, -- whether something was done
  primary key (district_id, report_id),
  foreign key (district_id, thing_id) references things on delete cascade,
  check ((closed_at is null) = (closed_audit_id is null) and (closed_at is null) = (upheld is null))
);
create index reports_open on reports (district_id, reported_at, report_id) where closed_at is null;
create index reports_thing on reports (district_id, thing_id);
create index reports_contact on reports (district_id, contact_id) where contact_id is not null;

-- What a contact has reported is erased with the contact; the decision stays.
-- +goose StatementBegin
create function forget_reports() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  update texts
  set content = null,
    salt = null
  from removed
  join reports on reports.district_id = removed.district_id
    and reports.contact_id = removed.contact_id
  join audit on audit.audit_id = reports.audit_id
  where texts.text_id = audit.text_id;
  update reports
  set contact_id = null,
    name = ''
  from removed
  where reports.district_id = removed.district_id
    and reports.contact_id = removed.contact_id;
  return null;
end
$$;
-- +goose StatementEnd

create trigger forget_reports after delete on contacts
referencing old table as removed
for each statement execute function forget_reports();

-- At what an account looks now: one thing of each district.
create table desk_presence (
  district_id int not null references districts on delete cascade,
  account_id bigint not null,
  thing_id bigint not null,
  seen_at timestamptz not null default now(),
  primary key (district_id, account_id)
);
create index desk_presence_thing on desk_presence (district_id, thing_id);

-- Bits of the kinds of flags; null until the text has been looked through.
alter table things add flags int;
create index things_unflagged on things (district_id, thing_id) where publication = 'pending' and flags is null;
create index things_flagged on things (district_id, thing_id) where publication = 'pending' and flags > 0;

-- A changed text is looked through again. What has changed is computed apart:
-- joined to the things at once, the planner expects one row, and takes time by the
-- square of their number.
-- +goose StatementBegin
create or replace function update_things_of_pins() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  with changed as materialized (
    select district_id, pin_id, altered.publication, altered.title, altered.area_id,
      altered.updated_at is distinct from former.updated_at as is_new_version,
      (altered.title, altered.body) is distinct from (former.title, former.body) as is_new_text
    from altered
    join former using (district_id, pin_id)
    where (altered.updated_at, altered.publication, altered.title, altered.body, altered.area_id)
      is distinct from (former.updated_at, former.publication, former.title, former.body, former.area_id)
  )
  update things
  set publication = changed.publication,
    title = changed.title,
    area_id = changed.area_id,
    version = version + case when is_new_version then 1 else 0 end,
    flags = case when not is_new_text then flags end
  from changed
  where things.district_id = changed.district_id
    and things.thing_id = changed.pin_id;
  return null;
end
$$;
-- +goose StatementEnd

-- The queue, oldest first, by category and area too, and what waits near a place.
create index pins_waiting on pins (district_id, created_at, pin_id) where publication = 'pending';
create index pins_waiting_category on pins (district_id, category_id, created_at, pin_id) where publication = 'pending';
create index pins_waiting_area on pins (district_id, area_id, created_at, pin_id) where publication = 'pending';
create index pins_waiting_place on pins using gist (geom) where publication = 'pending';

create index audit_questions on audit (district_id, actor_id, thing_id) where action = 'ask';

alter table districts
  add target_days int not null default 3 check (target_days between 1 and 60),
  add flagged_words text[] not null default '{}',
  add phone_region text not null default 'PL' check (phone_region ~ '^[A-Z]{2}$');
