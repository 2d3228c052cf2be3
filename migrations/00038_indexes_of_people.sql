-- What somebody follows, and what has happened lately, are looked up without
-- reading all of a table. Entries are in the order of their times, so an index of
-- ranges of blocks is enough, and costs a writer next to nothing.
-- +goose Up
create index follows_of_contact on follows (district_id, contact_id);
create index audit_happened on audit using brin (happened_at) with (autosummarize = on);
