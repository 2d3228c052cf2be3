-- Offices reply to recommendations within so many days as the district has chosen.
-- Comments are said about a thing, and did not come of it as an ask of an initiative
-- did: a relation of their own keeps them out of its thread. Which relations there
-- are is known to the program, as are the kinds of things.
-- +goose Up
alter table districts
  add reply_days int not null default 30 check (reply_days between 1 and 365);

alter table links drop constraint links_relation_check;
alter table links add constraint links_relation_check check (relation ~ '^[a-z_]+$');

update links
set relation = 'comment_on'
from things
where things.district_id = links.district_id
  and thing_id = from_id
  and kind = 'comment'
  and relation = 'part_of';
