-- The languages of a district belong to its configuration: the first is the
-- default, in which every area has a name. Districts of before spoke these
-- three, and named their areas in Polish.
-- +goose Up
alter table districts
  add languages text[] not null default '{pl,en,uk}' check (cardinality(languages) > 0);
alter table districts alter languages drop default;

alter table areas drop constraint areas_name_check;
alter table areas alter name type jsonb using jsonb_build_object('pl', name);
alter table areas add constraint areas_name_check check (name <> '{}');

-- +goose Down
alter table areas drop constraint areas_name_check;
alter table areas alter name type text using coalesce(name ->> 'pl', jsonb_path_query_first(name, '$.*') #>> '{}');
alter table areas add constraint areas_name_check check (name <> '');
alter table districts drop languages;
