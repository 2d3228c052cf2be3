-- What came of which other things that can be followed, which are of @kinds, of public
-- ones: by the link that an entry of the audit has recorded, if it is still there, or,
-- where the entry has published a thing (@published), by all links of that.
with recorded as (
  select from_id, links.relation, to_id
  from audit
  join texts using (text_id)
  join links on links.district_id = audit.district_id
    and from_id = (content::jsonb ->> 'from')::bigint
    and relation = content::jsonb ->> 'relation'
    and to_id = (content::jsonb ->> 'to')::bigint
  where audit.district_id = @district
    and audit_id = @entry
    and action = 'link'
),
pairs (result_id, cause_id) as (
  select this, cause_id
  from recorded
  cross join lateral (values (from_id, to_id), (to_id, from_id)) as ends (this, other)
  cross join lateral causes_of(@district, this) as causes
  where cause_id = other
    and causes.relation = recorded.relation
  union
  select @thing, cause_id
  from causes_of(@district, @thing)
  where @published
  union
  select result_id, @thing
  from results_of(@district, @thing)
  where @published
)
select result_id, cause_id
from (
  select result_id, cause_id
  from pairs
  union
  select result_id, from_id
  from pairs
  join links on district_id = @district
    and to_id = cause_id
    and relation = 'evidence_for'
  join things as idea on idea.district_id = links.district_id
    and idea.thing_id = from_id
    and idea.kind = any(@heard)
) as found
join things as result on result.thing_id = result_id
join things as cause on cause.thing_id = cause_id
where result.district_id = @district
  and cause.district_id = @district
  and result.publication = 'published'
  and cause.publication = 'published'
  and (cause.kind = any(@kinds) or cause.kind = any(@heard))
  and result.kind <> all(@quiet)
order by cause_id
