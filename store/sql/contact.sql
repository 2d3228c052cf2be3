-- The contact with an address, which is added unless the district has it.
with known as (
  select contact_id
  from contacts
  where district_id = @district
    and email_hash = any(@hashes)
  limit 1
),
added as (
  insert into contacts (district_id, email_sealed, email_hash, key_id, language)
  select @district, @sealed, @hash, @key, @language
  where not exists (select from known)
  on conflict (district_id, email_hash) do update
  set email_hash = excluded.email_hash -- a row of another transaction is returned only if it is updated
  returning contact_id
)
select contact_id from known
union all
select contact_id from added
