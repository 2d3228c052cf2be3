-- Which end of a link came of the other, as civic.Link.CameOf says. These are functions,
-- since PostgreSQL does not move the condition of a join into a part of a union that has
-- conditions of its own: wherever a view was joined, all links would be read. It moves
-- the arguments of a function whose body it inlines.
-- +goose Up

-- From what a thing came.
-- +goose StatementBegin
create function causes_of(district int, thing bigint) returns table (cause_id bigint, relation text)
language sql stable
as $$
  select to_id, relation
  from links
  where district_id = district
    and from_id = thing
    and relation in ('answers', 'uses', 'part_of', 'profile_of')
  union all
  select from_id, relation
  from links
  where district_id = district
    and to_id = thing
    and relation in ('evidence_for', 'takes_part', 'discussed_at', 'resulted_in')
$$;
-- +goose StatementEnd

-- What came of a thing.
-- +goose StatementBegin
create function results_of(district int, thing bigint) returns table (result_id bigint, relation text)
language sql stable
as $$
  select from_id, relation
  from links
  where district_id = district
    and to_id = thing
    and relation in ('answers', 'uses', 'part_of', 'profile_of')
  union all
  select to_id, relation
  from links
  where district_id = district
    and from_id = thing
    and relation in ('evidence_for', 'takes_part', 'discussed_at', 'resulted_in')
$$;
-- +goose StatementEnd
