package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// EraseUnconfirmed erases what somebody has sent in private, such as a request for
// advice, and has not confirmed by the mails about it, whose links have expired at a time:
// nobody may answer it, and it can be about anybody. It returns how many contacts it has
// erased.
func (s *Store) EraseUnconfirmed(ctx context.Context, d *civic.District, now time.Time) (int, error) {
	rows, _ := s.readPool.Query(ctx, `
		select contact_id
		from contacts
		where district_id = @district
		  and confirmed_at is null
		  and created_at < @expired
		  and exists (
		    select
		    from things
		    where things.district_id = @district
		      and reporter_id = contact_id
		      and kind = any(@private)
		  )
		  and not exists (
		    select
		    from things
		    join audit using (district_id, thing_id)
		    where things.district_id = @district
		      and reporter_id = contact_id
		      and action = 'submit'
		      and happened_at >= @expired
		  )
		  and not exists (
		    select
		    from deliveries
		    where deliveries.district_id = @district
		      and deliveries.contact_id = contacts.contact_id
		      and kind = 'confirm'
		      and skipped_at is null
		      and dead_at is null
		      and (sent_at is null or sent_at >= @expired)
		  )
		order by contact_id`,
		pgx.NamedArgs{"district": d.ID, "expired": now.Add(-confirmLifetime), "private": kindNames(civic.PrivateKinds())}) // CollectRows returns the error
	contacts, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return 0, fmt.Errorf("find who has not confirmed what they sent to %s: %w", d.Slug, civicError(err))
	}
	for i, contact := range contacts {
		if err := s.EraseContact(ctx, d, civic.Actor{Kind: civic.System}, contact, false); err != nil {
			return i, err
		}
	}
	return len(contacts), nil
}
