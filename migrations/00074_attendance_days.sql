-- A session of a programme can be a series, such as a weekly course, of which each day is
-- attended or not. As a registration, a mark names the day by which the occurrence is
-- known, which the series may no longer have. What was marked so far counted once,
-- whatever the session: it is of the first day that took place.
-- +goose Up
alter table attendance add day date;

update attendance
set day = (
  select min(day)
  from occurrences
  where occurrences.district_id = attendance.district_id
    and occurrences.thing_id = attendance.session_id
    and not cancelled
);
delete from attendance
where day is null;

alter table attendance
  alter day set not null,
  drop constraint attendance_pkey,
  add primary key (district_id, enrolment_id, session_id, day);
