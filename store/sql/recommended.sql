-- Of each recommendation that is public, what numbers are computed from.
select state, coalesce(area_id, 0), category_ids, coalesce(content #>> array['texts', 'addressee', @language], ''),
  coalesce((content #>> '{words,sent_on}')::date - date '1970-01-01', 0),
  coalesce((content #>> '{words,replied_on}')::date - date '1970-01-01', 0),
  coalesce((content #>> '{words,deadline}')::date - date '1970-01-01', 0),
  coalesce(content #>> '{words,outcome}', '')
from things
join contents using (district_id, thing_id)
where district_id = @district
  and kind = @kind
  and publication = 'published'
