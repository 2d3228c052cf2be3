-- Which of the ends of a link came of the other, as civic.Relation.IsBackward and the
-- comment of each relation say. Duplicates and comments came of nothing.
-- +goose Up
create view causes as
  select district_id, relation, to_id as cause_id, from_id as result_id
  from links
  where relation in ('answers', 'uses', 'part_of', 'profile_of')
  union all
  select district_id, relation, from_id, to_id
  from links
  where relation in ('evidence_for', 'takes_part', 'discussed_at', 'resulted_in');
