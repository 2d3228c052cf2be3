-- Deletes contacts who have never confirmed their address and of whom nothing is
-- kept, such as those whose only follow was not confirmed.
delete from contacts
where district_id = @district
  and confirmed_at is null
  and created_at < now() - @lifetime::interval
  and not exists (select from follows where follows.district_id = @district and follows.contact_id = contacts.contact_id)
  and not exists (select from supports where supports.district_id = @district and supports.contact_id = contacts.contact_id)
  and not exists (select from ballots where ballots.district_id = @district and ballots.contact_id = contacts.contact_id)
  and not exists (select from reports where reports.district_id = @district and reports.contact_id = contacts.contact_id)
  and not exists (select from things where things.district_id = @district and reporter_id = contacts.contact_id)
