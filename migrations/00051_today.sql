-- Whoever has a role sees what waits for them as soon as they open a page, however many
-- other things there are: the oldest needs without a diagnosis of some areas, things
-- other than pins that are not public, and what nothing that is public answers, for which
-- the index of links has both ends.
-- +goose Up
create index pins_undiagnosed on pins (district_id, coalesce(shown_area_id, 0), reported_on, pin_id)
where kind = 'need' and publication = 'published' and visibility <> 'hex' and status in ('reported', 'under_diagnosis', 'reopened');

create index things_not_public on things (district_id, thing_id) where publication <> 'published' and kind <> 'pin';

drop index links_to;
create index links_to on links (district_id, to_id, relation, from_id);
