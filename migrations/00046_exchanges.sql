-- Asks and offers are matched by what is asked for, so those with the same are found
-- without reading the others.
--
-- When a need is met, everybody who has a voice for it is asked once whether it is
-- better. An answer is of a contact, and of the entry of the audit with which the
-- need was met: one that is met again is asked about again. The words are for the
-- staff.
-- +goose Up
create index contents_what on contents (district_id, (content #>> '{words,what}')) where content #>> '{words,what}' is not null;

create table improvements (
  district_id int not null,
  thing_id bigint not null,
  audit_id bigint not null, -- of the entry with which it was met
  contact_id bigint not null,
  better boolean not null,
  words text not null default '',
  answered_at timestamptz not null default now(),
  primary key (district_id, thing_id, audit_id, contact_id),
  foreign key (district_id, contact_id) references contacts on delete cascade,
  foreign key (district_id, thing_id) references things on delete cascade
);
create index improvements_contact on improvements (district_id, contact_id);
