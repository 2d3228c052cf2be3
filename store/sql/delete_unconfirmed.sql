-- Deletes follows that nobody has confirmed, once the link of the last mail that asks
-- to has expired. A mail that is still to be sent has its lifetime before it.
delete from follows
where district_id = @district
  and confirmed_at is null
  and ended_at is null
  and created_at < now() - @lifetime::interval
  and not exists (
    select
    from deliveries
    where deliveries.district_id = @district
      and deliveries.contact_id = follows.contact_id
      and kind = 'confirm'
      and data ->> 'follow' = follow_id::text
      and skipped_at is null
      and dead_at is null
      and (sent_at is null or sent_at > now() - @lifetime::interval)
  )
