-- The person whose address has one of the hashes, and the district in whose name
-- mail to them is sent: an account, or else a confirmed contact of @district, which
-- is 0 where somebody signs in from no page of a district.
with found as (
  select 'account' as kind, 0 as of_district, account_id as id, (
    select min(district_id)
    from grants
    where grants.account_id = accounts.account_id
  ) as granted
  from accounts
  where email_hash = any(@hashes)
    and ended_at is null
  union all
  select 'contact', district_id, contact_id, district_id
  from districts
  join contacts using (district_id)
  where @district in (0, district_id)
    and email_hash = any(@hashes)
    and confirmed_at is not null
)
select kind, of_district, id, coalesce(nullif(@district, 0), granted, (select min(district_id) from districts))
from found
order by kind, of_district
limit 1
