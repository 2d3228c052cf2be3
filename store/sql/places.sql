-- The places that may match a text, which the caller compares with it. A row of
-- typed is one way to read the text. Every part is limited, so that no text,
-- however odd, reads more than a small part of the gazetteer.
with typed as (
  select *
  from unnest(@keys::text[], @prefixes::text[], @numbers::text[], @number_values::int[])
    as typed (name_key, prefix, number_key, number_value)
),
names as (
  select typed.number_key, typed.number_value, found.name_key
  from typed
  cross join lateral (
    (
      select name_key
      from places
      where district_id = @district
        and leads
        and array_to_tsvector(string_to_array(name_key, ' ')) @@ typed.prefix::tsquery
      order by length(name_key), name_key
      limit 25
    )
    union
    (
      select name_key
      from places
      where district_id = @district
        and leads
      order by name_key <->> typed.name_key
      limit 25
    )
  ) as found
),
candidates as (
  -- places and streets with such a name, and addresses in them: with the number,
  -- and with the next numbers
  select found.place_id
  from names
  cross join lateral (
    (
      select place_id
      from places
      where district_id = @district
        and name_key = names.name_key
        and number_key = ''
      order by geom <-> @near::geometry
      limit 8
    )
    union all
    (
      select place_id
      from places
      where district_id = @district
        and name_key = names.name_key
        and number_key = names.number_key
        and names.number_key <> ''
      order by geom <-> @near::geometry
      limit 8
    )
    union all
    (
      select place_id
      from places
      where district_id = @district
        and name_key = names.name_key
        and number_key <> ''
      order by case when names.number_key = '' then 0 else abs(number_value - names.number_value) end, geom <-> @near::geometry
      limit 3
    )
  ) as found
  union
  -- addresses with the number, in streets with a name that is less similar
  select found.place_id
  from typed
  cross join lateral (
    select place_id
    from places
    where district_id = @district
      and number_key = typed.number_key
      and number_key <> ''
    order by name_key <->> typed.name_key
    limit 50
  ) as found
  union
  -- each street with the postcode, or else one of its addresses
  (
    select place_id
    from (
      select distinct on (name_key) place_id, geom
      from places
      where district_id = @district
        and postcode_key = @postcode
        and postcode_key <> ''
      order by name_key, number_key <> '', geom <-> @near::geometry
    ) as streets
    order by geom <-> @near::geometry
    limit 50
  )
  union
  -- the nearest places of the kind that the text names
  (
    select place_id
    from places
    where @kind::text <> ''
      and district_id = @district
      and kind = @kind
    order by geom <-> @near::geometry
    limit 50
  )
)
select name, other_names, kind, street, house_number, postcode, geom
from places
where district_id = @district
  and place_id in (select place_id from candidates)
order by place_id
