-- The session of a token, if it lasts and so does the person, with a row for each
-- grant in force, or one without.
select session_id, sessions.kind, sessions.district_id, person_id, coalesce(accounts.name, ''), device, sessions.created_at,
  last_used_at, expires_at, replace_token,
  coalesce(grants.district_id, 0), coalesce(role, ''), coalesce(area_id, 0),
  coalesce(organisation_id, 0), until
from sessions
left join accounts on kind = 'account'
  and accounts.account_id = person_id
  and ended_at is null
left join grants on grants.account_id = accounts.account_id
  and withdrawn_at is null
  and (until is null or until > now())
where (token_hash = @hash or previous_hash = @hash and replaced_at > now() - @old::interval)
  and expires_at > now()
  and (kind <> 'account' or last_used_at > now() - @idle::interval and accounts.account_id is not null)
  and (kind <> 'contact' or exists (
    select
    from contacts
    where contacts.district_id = sessions.district_id
      and contact_id = person_id
  ))
order by grant_id
