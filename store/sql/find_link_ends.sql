-- Published things of some kinds that contain words, or that have a number. Those of
-- each table are limited before they are joined.
select thing_id
from (
  (
    select pin_id as thing_id, 1 as rank
    from pins
    where 'pin' = any(@kinds::text[])
      and district_id = @district
      and publication = 'published'
      and (@staff or visibility <> 'hex')
      and (@pin_kind = '' or kind = @pin_kind)
      and pin_id <> @except
      and search @@ @search::tsquery
    limit @limit
  )
  union all
  (
    select things.thing_id, 0
    from contents
    join things using (district_id, thing_id)
    where contents.district_id = @district
      and things.kind = any(@kinds)
      and things.publication = 'published'
      and things.thing_id <> @except
      and contents.search @@ @search::tsquery
    limit @limit
  )
  union all
  (
    select things.thing_id, -1
    from things
    left join pins on pins.district_id = things.district_id
      and pin_id = thing_id
    where things.district_id = @district
      and things.thing_id = @number
      and things.kind = any(@kinds)
      and things.publication = 'published'
      and things.thing_id <> @except
      and (@staff or pins.visibility is distinct from 'hex')
      and (@pin_kind = '' or things.kind <> 'pin' or pins.kind = @pin_kind)
  )
) as found
group by thing_id
order by min(rank), thing_id desc
limit @limit
