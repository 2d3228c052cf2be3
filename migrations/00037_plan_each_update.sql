-- How the rows of things follow those of pins is planned anew for each update. An
-- update of many pins fires triggers that update none, so that the plan that was
-- kept was one for no rows, and compared each of half a million changed pins with
-- each.
-- +goose Up
-- +goose StatementBegin
create or replace function update_things_of_pins() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  execute $statement$
    with changed as materialized (
      select district_id, pin_id, altered.publication, altered.title, altered.area_id,
        altered.updated_at is distinct from former.updated_at as is_new_version,
        (altered.title, altered.body) is distinct from (former.title, former.body) as is_new_text
      from altered
      join former using (district_id, pin_id)
      where (altered.updated_at, altered.publication, altered.title, altered.body, altered.area_id)
        is distinct from (former.updated_at, former.publication, former.title, former.body, former.area_id)
    )
    update things
    set publication = changed.publication,
      title = changed.title,
      area_id = changed.area_id,
      version = version + case when is_new_version then 1 else 0 end,
      flags = case when not is_new_text then flags end
    from changed
    where things.district_id = changed.district_id
      and things.thing_id = changed.pin_id
  $statement$;
  return null;
end
$$;
-- +goose StatementEnd
