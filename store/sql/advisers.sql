-- The accounts that have the role of an adviser in a district, by name, with what is
-- chosen for each and how many requests in the states @open each has.
select accounts.account_id, name, coalesce(topics, '{}'), coalesce(deputy_id, 0),
  coalesce(absent_from - date '1970-01-01', 0), coalesce(absent_until - date '1970-01-01', 0),
  (
    select count(*)
    from advice_assignments
    join things using (district_id, thing_id)
    where advice_assignments.district_id = @district
      and advice_assignments.account_id = accounts.account_id
      and advice_assignments.until is null
      and publication = 'pending'
      and state = any(@open)
  )::int
from accounts
left join advisers on advisers.district_id = @district
  and advisers.account_id = accounts.account_id
where ended_at is null
  and exists (
    select
    from grants
    where grants.district_id = @district
      and grants.account_id = accounts.account_id
      and role = 'adviser'
      and withdrawn_at is null
      and (grants.until is null or grants.until > now())
  )
order by name, accounts.account_id
