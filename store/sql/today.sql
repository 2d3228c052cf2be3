-- What waits for somebody in @sections, the most urgent first: those from @skip on, at
-- most @limit of each, with how many there are and how many of them are late. Where
-- that is, is in @scopes: in areas, or of organisations, which are @organisations. Of
-- initiatives in which these take part, the deadlines are theirs too. What awaits a
-- reply is no other deadline. The ideas of an event that ended before @ungrouped should
-- be grouped, if they were public from @since on. A diagnosis is answered by what is
-- public; before its answers are looked up, those elsewhere are left out. A draft of the
-- kinds @anonymised waits for others than the @account that has written it.
with scopes as materialized (
  select section, kind, state, everywhere, areas, organisations
  from jsonb_to_recordset(@scopes) as scope (section text, kind text, state text, everywhere boolean, areas int[], organisations bigint[])
),
joined as materialized (
  select links.to_id as thing_id
  from links
  where links.district_id = @district
    and relation = 'takes_part'
    and from_id in (
      select unnest(@organisations::bigint[])
      union all
      select profile.from_id
      from links as profile
      where profile.district_id = @district
        and profile.relation = 'profile_of'
        and profile.to_id = any(@organisations)
    )
),
hidden as materialized (
  select thing_id
  from things
  where 'diagnoses' = any(@sections)
    and district_id = @district
    and publication <> 'published'
    and kind <> 'pin'
),
candidates (section, kind, state, thing_id, area_id, owner_id, due_on, since) as (
  select 'replies', things.kind, things.state, thing_id, area_id, owner_id, due_on, null::date
  from scopes
  join things on things.district_id = @district
    and things.kind = scopes.kind
    and things.kind <> 'pin'
    and things.state = scopes.state
  join contents using (district_id, thing_id)
  where 'replies' = any(@sections)
    and section = 'replies'
    and publication = 'published'
  union all
  select 'deadlines', kind, state, thing_id, area_id, owner_id, due_on, null
  from contents
  join things using (district_id, thing_id)
  where 'deadlines' = any(@sections)
    and contents.district_id = @district
    and due_on <= @until
    and publication = 'published'
    and (kind, state) not in (select kind, state from scopes where section = 'replies')
  union all
  select 'confirm', kind, state, thing_id, area_id, owner_id, null, (confirmed at time zone @zone)::date
  from things
  cross join lateral (
    select max(happened_at)
    from audit
    where audit.district_id = @district
      and audit.thing_id = things.thing_id
      and action = any(@confirming)
  ) as last (confirmed)
  where 'confirm' = any(@sections)
    and district_id = @district
    and owner_id = any(@organisations)
    and publication = 'published'
    and state <> 'settled'
    and confirmed < @now::timestamptz - make_interval(months => @months)
  union all
  select 'drafts', kind, state, thing_id, area_id, owner_id, null, null
  from things
  where 'drafts' = any(@sections)
    and district_id = @district
    and publication = 'pending'
    and kind <> 'pin'
    and not (kind = any(@anonymised) and exists (
      select
      from audit
      join actors using (actor_id)
      where audit.district_id = @district
        and audit.thing_id = things.thing_id
        and action in ('submit', 'edit')
        and actors.kind = 'account'
        and person_id = @account
    ))
  union all
  select 'enrolments', things.kind, things.state, things.thing_id, things.area_id, things.owner_id,
    case when things.state = 'applied' then (said.content #>> '{words,enrol_until}')::date else (said.content #>> '{words,ends}')::date end, null
  from things as programme
  join contents as said using (district_id, thing_id)
  join links on links.district_id = programme.district_id
    and to_id = programme.thing_id
    and relation = 'part_of'
  join things on things.district_id = programme.district_id
    and things.thing_id = from_id
    and things.kind = 'enrolment'
    and things.publication = 'pending'
  where 'enrolments' = any(@sections)
    and programme.district_id = @district
    and programme.kind = 'programme'
    and programme.publication = 'published'
    and (
      things.state = 'applied' and programme.state <> 'cancelled' and (said.content #>> '{words,enrol_until}')::date < @today
      or things.state = 'selected' and programme.state = 'finished'
    )
  union all
  select 'diagnoses', things.kind, things.state, thing_id, area_id, owner_id, null, null
  from scopes
  join things on things.district_id = @district
    and things.kind = scopes.kind
    and things.kind <> 'pin'
    and things.state = scopes.state
  where 'diagnoses' = any(@sections)
    and section = 'diagnoses'
    and publication = 'published'
    and (everywhere or area_id = any(areas))
    and not exists (
      select
      from links
      where links.district_id = @district
        and to_id = things.thing_id
        and relation = 'answers'
        and from_id not in (select hidden.thing_id from hidden)
    )
),
ungrouped (event_id) as (
  select distinct event_id
  from things
  cross join lateral ( -- one look at the links of each, rather than a hash of all links of the district
    select max(to_id) filter (where relation = 'part_of'), count(*) filter (where relation = 'evidence_for')
    from links
    where links.district_id = @district
      and from_id = thing_id
      and relation in ('part_of', 'evidence_for')
  ) as linked (event_id, groups)
  where 'ideas' = any(@sections)
    and things.district_id = @district
    and kind = 'idea'
    and publication = 'published'
    and published_on >= @since
    and groups = 0
),
ideas (section, kind, state, thing_id, area_id, owner_id, due_on, since) as (
  select 'ideas', kind, state, thing_id, area_id, owner_id, null::date, left(content #>> '{words,ends}', 10)::date
  from ungrouped
  join things on district_id = @district
    and thing_id = event_id
  join contents using (district_id, thing_id)
  where kind = 'event'
    and publication = 'published'
    and left(content #>> '{words,ends}', 10) < to_char(@ungrouped::date, 'YYYY-MM-DD')
),
waiting (section, kind, state, thing_id, area_id, owner_id, due_on, since) as (
  select 'registrations', kind, things.state, thing_id, area_id, owner_id, min(starts_on), min(confirmed_at at time zone @zone)::date
  from registrations
  join occurrences using (district_id, thing_id, day)
  join things using (district_id, thing_id)
  where 'registrations' = any(@sections)
    and district_id = @district
    and registrations.state = 'waiting'
    and starts_at > @now
    and not cancelled
    and publication = 'published'
    and things.state <> 'cancelled'
  group by district_id, thing_id, kind, things.state, area_id, owner_id
),
ranked as (
  select section, thing_id, due_on, since,
    count(*) over (partition by section) as total,
    count(*) filter (where due_on < @today) over (partition by section) as late,
    row_number() over (partition by section order by due_on, since, thing_id) as rank
  from (select * from candidates union all select * from ideas union all select * from waiting) as candidates
  join scopes using (section, kind)
  where (scopes.state = '' or scopes.state = candidates.state)
    and (
      everywhere
      or area_id = any(areas)
      or owner_id = any(organisations)
      or section = 'deadlines' and thing_id in (select joined.thing_id from joined)
    )
)
select things.thing_id, things.kind, things.publication, things.state, things.version, things.title,
  coalesce(things.area_id, 0), coalesce(things.reporter_id, 0), coalesce(things.owner_id, 0),
  coalesce(since, (first.at at time zone @zone)::date, '1970-01-01') - date '1970-01-01', section, total, late, content
from ranked
join things on things.district_id = @district
  and things.thing_id = ranked.thing_id
join contents on contents.district_id = @district
  and contents.thing_id = ranked.thing_id
cross join lateral (
  select min(happened_at)
  from audit
  where audit.district_id = @district
    and audit.thing_id = ranked.thing_id
    and (section = 'drafts' or section = 'diagnoses' and state_after = 'published')
) as first (at)
where rank > @skip
  and rank <= @skip + @limit
order by section, rank
