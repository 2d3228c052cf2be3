-- Measures read when people reported, and when something was published, diagnosed or
-- met, of a year: by this index, and not from all that has happened in it.
-- +goose Up
create index audit_responses on audit (district_id, action, happened_at) include (thing_id)
where action in ('submit', 'publish', 'end_diagnosis', 'meet');
