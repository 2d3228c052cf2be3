  -- Conditions of a civic.ThingQuery on the things of a district. Pins are none of
  -- them, so that the index of other kinds is used.
  and things.kind <> 'pin'
  and things.kind = @kind
  and (@publications::text[] is null or things.publication = any(@publications))
  and (@state = '' or things.state = @state)
  and (@owner = 0 or owner_id = @owner)
  and (@area = 0 or things.area_id = @area or exists (
    select
    from contents
    where contents.district_id = things.district_id
      and contents.thing_id = things.thing_id
      and @area = any(area_ids)
  ))
  and (@ids::bigint[] is null or thing_id = any(@ids))
  and (@west::float8 is null or thing_id = any(array(
    select thing_id
    from contents
    where contents.district_id = @district
      and (geom && st_makeenvelope(@west, @south, @east, @north, 4326)
        or geom && st_makeenvelope(@west2, @south, @east2, @north, 4326))
  )))
  and (not @placed or exists (
    select
    from contents
    where contents.district_id = things.district_id
      and contents.thing_id = things.thing_id
      and geom is not null
  ))
  and (@category = 0 and @says::jsonb = '{}' and @having::text[] is null and @due_before::date is null or exists (
    select
    from contents
    where contents.district_id = things.district_id
      and contents.thing_id = things.thing_id
      and (@category = 0 or @category = any(category_ids))
      and content @> @says
      and (@having::text[] is null or content -> 'words' ?& @having)
      and (@due_before::date is null or due_on < @due_before)
  ))
