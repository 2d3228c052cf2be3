-- Records actions on things, of which @things, @actions, @before and @after have
-- one value each: null for an action on many things. @text is what the thing
-- says after the action, or what is said about it, and @reason why it was done;
-- each may be null. @at is when they happened, null for now. Returns the ids of the
-- entries.
with text as (
  insert into texts (district_id, content, salt, hash)
  select @district, @text, @text_salt::bytea, @text_hash::bytea
  where @text::text is not null
  returning text_id
),
reason as (
  insert into texts (district_id, content, salt, hash)
  select @district, @reason, @reason_salt::bytea, @reason_hash::bytea
  where @reason::text is not null
  returning text_id
),
recorded as (
  insert into audit (district_id, happened_at, actor_id, action, thing_id, import_id, state_before, state_after, text_id, reason_id)
  select @district, coalesce(@at::timestamptz, now()), actor_id, action, thing_id, @import, state_before, state_after,
    (select text_id from text), (select text_id from reason)
  from unnest(@things::bigint[], @actions::text[], @before::text[], @after::text[])
    as done (thing_id, action, state_before, state_after)
  join actors on kind = @kind and person_id = @person and name = @name
  returning audit_id
)
insert into audit_unsealed (audit_id)
select audit_id from recorded
returning audit_id
