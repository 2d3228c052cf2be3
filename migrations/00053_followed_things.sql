-- The live index has the places of things other than pins, and finds all of them by
-- the transaction that changed each. Those from before they were followed have none;
-- the trigger sets it.
-- +goose Up
update things
set changed = pg_current_xact_id()
where kind <> 'pin'
  and changed is null;
