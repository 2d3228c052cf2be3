-- Beside the area in which a thing is, the areas that it names, as a resolution does,
-- so that those of an area are found without reading what they say.
-- +goose Up
alter table contents add area_ids int[] not null default '{}';

update contents
set area_ids = array(
    select area_id
    from areas
    where areas.district_id = contents.district_id
      and slug in (select jsonb_array_elements_text(content -> 'lists' -> 'areas'))
    order by area_id
  )
where content -> 'lists' ? 'areas';

create index contents_areas on contents using gin (area_ids);
