-- What came of which other things that can be followed, which are of @kinds, of public
-- ones: by the link that an entry of the audit has recorded, if it is still there, or,
-- where the entry has published a thing (@published), by all links of that.
with made as (
  select links.*
  from audit
  join texts using (text_id)
  join links on links.district_id = audit.district_id
    and from_id = (content::jsonb ->> 'from')::bigint
    and relation = content::jsonb ->> 'relation'
    and to_id = (content::jsonb ->> 'to')::bigint
  where audit.district_id = @district
    and audit_id = @entry
    and action = 'link'
  union all
  select *
  from links
  where @published
    and district_id = @district
    and from_id = @thing
    and relation in ('answers', 'uses', 'part_of', 'profile_of')
  union all
  select *
  from links
  where @published
    and district_id = @district
    and to_id = @thing
    and relation in ('evidence_for', 'takes_part', 'discussed_at', 'resulted_in')
),
pairs (result_id, cause_id) as (
  select from_id, to_id
  from made
  where relation in ('answers', 'uses', 'part_of', 'profile_of')
  union
  select to_id, from_id
  from made
  where relation in ('evidence_for', 'takes_part', 'discussed_at', 'resulted_in')
)
select result_id, cause_id
from pairs
join things as result on result.thing_id = result_id
join things as cause on cause.thing_id = cause_id
where result.district_id = @district
  and cause.district_id = @district
  and result.publication = 'published'
  and cause.publication = 'published'
  and cause.kind = any(@kinds)
order by cause_id
