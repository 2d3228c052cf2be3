package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// RecordBounce records that a server could not deliver a mail after it had accepted
// it, by the token of its letter. With unknown, its recipient receives no further
// mails except for those that anybody may receive. It returns civic.ErrNotFound for
// a token that is not of a delivery.
func (s *Store) RecordBounce(ctx context.Context, token, status string, unknown bool) error {
	if s.keys == nil {
		return fmt.Errorf("record a bounce: %w", errNoMailKeys)
	}
	ids, ok := s.keys.Verify(bouncePurpose, token)
	if !ok || len(ids) != 2 {
		return fmt.Errorf("record a bounce: the mail is not one of this installation: %w", civic.ErrNotFound)
	}
	tag, err := s.writePool.Exec(ctx, `
		with bounced as (
		  insert into bounces (district_id, delivery_id, permanent, status)
		  select district_id, delivery_id, @unknown, @status
		  from deliveries
		  where district_id = @district
		    and delivery_id = @delivery
		  on conflict (district_id, delivery_id, status) do update set received_at = now()
		  returning district_id, delivery_id
		),
		stopped as (
		  update contacts
		  set bounced_at = now()
		  from bounced
		  join deliveries using (district_id, delivery_id)
		  where @unknown
		    and contacts.district_id = bounced.district_id
		    and contacts.contact_id = deliveries.contact_id
		    and bounced_at is null
		)
		select from bounced`,
		pgx.NamedArgs{"district": ids[0], "delivery": ids[1], "unknown": unknown, "status": status})
	if err == nil && tag.RowsAffected() == 0 {
		err = fmt.Errorf("the mail is not recorded any more: %w", civic.ErrNotFound)
	}
	if err != nil {
		return fmt.Errorf("record a bounce: %w", civicError(err))
	}
	return nil
}
