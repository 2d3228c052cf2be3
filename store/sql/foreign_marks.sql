-- How many marks are not of an enrolment and a session of the programme, or say that
-- somebody has attended on a day on which the session does not take place.
select count(*)
from unnest(@enrolments::bigint[], @sessions::bigint[], @days::date[], @attended::boolean[]) as marked (enrolment_id, session_id, day, attended)
where (
    select count(*)
    from links
    join things on things.district_id = links.district_id
      and thing_id = from_id
    where links.district_id = @district
      and to_id = @programme
      and relation = 'part_of'
      and (from_id = enrolment_id and kind = 'enrolment' or from_id = session_id and kind = 'event')
  ) < 2
  or attended and not exists (
    select
    from occurrences
    where occurrences.district_id = @district
      and occurrences.thing_id = session_id
      and occurrences.day = marked.day
  )
