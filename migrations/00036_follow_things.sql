-- Things other than pins are followed as pins are, by the transaction that changed
-- them; the rows of pins here have none, as pins have their own. Such things are
-- few among the pins, so lists of them need an index. A thing is deleted only with
-- its district.
-- +goose Up
alter table things add changed xid8;

create index things_changed on things (changed) where changed is not null;
create index things_other on things (district_id, kind, thing_id) where kind <> 'pin';

create trigger stamp before insert or update on things
for each row when (new.kind <> 'pin') execute function stamp();
