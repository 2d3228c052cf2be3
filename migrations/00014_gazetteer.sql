-- Places become a gazetteer: streets, addresses, stops and more, each from a
-- source that is replaced as a whole. name_key, number_key and postcode_key are
-- what package civic/placename makes of the names; key_version is the version
-- with which that was done, so that a program with another one does it again,
-- as for the places of before.
--
-- A search looks for keys among the rows that are the first of their source with
-- a key, so that two hundred addresses of a street do not crowd out the next
-- street, by prefix and by trigrams in nearest-neighbour order, which needs no
-- threshold. btree_gist puts the district first in that index.
-- +goose Up
create extension if not exists pg_trgm;
create extension if not exists btree_gist;

drop index places_search;
alter table places
  drop column search,
  add column source text not null default 'district' check (source <> ''),
  add column kind text not null default 'other'
    check (kind in ('other', 'street', 'address', 'square', 'stop', 'school', 'park', 'water', 'locality')),
  add column other_names text[] not null default '{}',
  add column street text not null default '',
  add column house_number text not null default '',
  add column postcode text not null default '',
  add column name_key text not null default '',
  add column number_key text not null default '',
  add column number_value int not null default 0,
  add column postcode_key text not null default '',
  add column key_version int not null default 0,
  add column searched_name text not null default '', -- from which name_key is; a place with other names has a row for each
  add column leads boolean not null default true; -- the first of its source with its key
update places set searched_name = name;
alter table places
  alter source drop default,
  alter kind drop default,
  alter searched_name drop default,
  alter name_key drop default,
  alter key_version drop default,
  alter leads drop default;

create index places_key on places (district_id, name_key, number_key);
create index places_number on places (district_id, number_key, name_key) where number_key <> '';
create index places_postcode on places (district_id, postcode_key) where postcode_key <> '';
create index places_similar on places using gist (district_id, name_key public.gist_trgm_ops) where leads;
create index places_prefix on places using gin (array_to_tsvector(string_to_array(name_key, ' '))) where leads;
