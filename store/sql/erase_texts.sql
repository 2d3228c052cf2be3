-- Erases what has been said about things, by whomever, and what a contact has
-- said about others (@public).
with erased as (
  select text_id, reason_id
  from audit
  where district_id = @district
    and thing_id = any(@ids)
  union all
  select text_id, reason_id
  from audit
  join actors using (actor_id)
  where @public
    and district_id = @district
    and kind = 'contact'
    and person_id = @contact
)
update texts
set content = null,
  salt = null
where text_id in (select text_id from erased union all select reason_id from erased)
