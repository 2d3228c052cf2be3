-- PostGIS keeps the places. Text search folds case and diacritics ("lawka" finds
-- "ławka") and knows no language, since residents write in several.
-- +goose Up
create extension if not exists postgis;
create extension if not exists unaccent;
create text search configuration pinezka (copy = simple);
alter text search configuration pinezka
  alter mapping for hword, hword_part, word, asciihword, asciiword, hword_asciipart, numword, numhword
  with unaccent, simple;

-- +goose Down
drop text search configuration pinezka;
