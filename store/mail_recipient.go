package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// recipient is the contact or the account to whom a mail goes.
type recipient struct {
	sealed    []byte // the address
	name      string // "" if unknown
	language  string
	confirmed bool // whether the address is known to be theirs
	bounced   bool // whether it receives no mails
	asked     bool // whether they were asked in the last day to confirm it
}

// findRecipient returns a contact of a district, or an account when contact is 0.
// It returns pgx.ErrNoRows for one that there is no longer.
func findRecipient(ctx context.Context, tx pgx.Tx, district int32, contact, account int64) (r recipient, err error) {
	err = tx.QueryRow(ctx, `
		select email_sealed, '', language, confirmed_at is not null, bounced_at is not null, exists (
		  select
		  from deliveries
		  where deliveries.district_id = @district
		    and deliveries.contact_id = @contact
		    and kind in ('confirm', 'received')
		    and sent_at > now() - interval '1 day'
		)
		from contacts
		where district_id = @district
		  and contact_id = @contact
		union all
		select email_sealed, name, language, true, exists (
		  select
		  from bounces
		  join deliveries using (district_id, delivery_id)
		  where deliveries.account_id = @account
		    and permanent
		), false
		from accounts
		where account_id = @account
		  and ended_at is null`,
		pgx.NamedArgs{"district": district, "contact": contact, "account": account},
	).Scan(&r.sealed, &r.name, &r.language, &r.confirmed, &r.bounced, &r.asked)
	if err != nil {
		return r, fmt.Errorf("read the recipient: %w", err)
	}
	return r, nil
}
