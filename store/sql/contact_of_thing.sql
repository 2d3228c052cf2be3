-- The row of a pin among the things, with the contact that contact.sql has found or
-- added in the same transaction.
insert into things (district_id, thing_id, kind, publication, title, area_id, reporter_id)
select @district, @id, 'pin', @publication, @title, @area, contact_id
from contacts
where district_id = @district
  and email_hash = any(@hashes)
limit 1
