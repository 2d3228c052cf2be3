-- Roles of a district, or of an account: those in force by name, then those that
-- have ended, the last one first.
select grant_id, grants.account_id, grants.district_id, name, email_sealed, role, coalesce(grants.area_id, 0),
  coalesce(organisation_id, 0), coalesce(things.title, ''), coalesce(things.kind, ''), given_at, until, withdrawn_at
from grants
join accounts using (account_id)
left join things on things.district_id = grants.district_id
  and thing_id = organisation_id
where (@district::int is null or grants.district_id = @district)
  and (@account::bigint is null or grants.account_id = @account)
order by coalesce(coalesce(withdrawn_at, until) <= now(), false),
  case when coalesce(withdrawn_at, until) <= now() then coalesce(withdrawn_at, until) end desc,
  name, grant_id
limit @limit
