-- Numbers of telephones without the code of their country belong to a country that
-- only whoever adds a district knows: none is assumed. Districts that were added
-- before have had Poland without being asked. It stays where the clocks are those
-- of Poland; elsewhere, the texts that wait are looked through again.
-- +goose Up
alter table districts
  alter phone_region set default '',
  drop constraint districts_phone_region_check,
  add constraint districts_phone_region_check check (phone_region ~ '^([A-Z]{2})?$');

update districts
set phone_region = ''
where time_zone <> 'Europe/Warsaw';

update things
set flags = null
from districts
where districts.district_id = things.district_id
  and phone_region = ''
  and publication = 'pending'
  and flags is not null;

-- Until when an account is taken to look at a thing: longer for a browser without
-- scripts, which does not say when it leaves.
alter table desk_presence
  drop seen_at,
  add until timestamptz not null default now();
