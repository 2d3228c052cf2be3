-- Who has attended which session of a programme is counted for each enrolment, and is
-- shown session by session, so it is a table and no text of a thing. A session that is
-- deleted, as an erased enrolment, takes its rows along.
-- +goose Up
create table attendance (
  district_id int not null,
  enrolment_id bigint not null,
  session_id bigint not null,
  primary key (district_id, enrolment_id, session_id),
  foreign key (district_id, enrolment_id) references things on delete cascade,
  foreign key (district_id, session_id) references things on delete cascade
);
create index attendance_session on attendance (district_id, session_id);
