-- Erases what things other than pins say, their places and their titles.
with erased as (
  update contents
  set content = '{}',
    geom = null,
    due_on = null,
    category_ids = '{}',
    area_ids = '{}',
    search = ''
  where district_id = @district
    and thing_id = any(@ids)
)
update things
set publication = erased.publication,
  title = @title,
  version = version + 1,
  area_id = null
from unnest(@ids::bigint[], @publications::text[]) as erased (id, publication)
where district_id = @district
  and thing_id = erased.id
  and kind <> 'pin'
