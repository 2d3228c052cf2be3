-- The roles that an account has or had.
select districts.slug, role, areas.slug, organisation_id, given_at, until, withdrawn_at
from grants
join districts using (district_id)
left join areas on areas.district_id = grants.district_id
  and areas.area_id = grants.area_id
where account_id = @account
order by grants.district_id, grant_id
