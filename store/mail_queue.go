package store

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/queue_mail.sql
var queueMailSQL string

// queueMail queues a mail in the transaction of what it tells of. It queues none
// when the recipient has had one with the same fact. A nil district is for a mail
// of the whole installation.
func queueMail(ctx context.Context, tx pgx.Tx, d *civic.District, m civic.Mail) error {
	var b pgx.Batch
	batchMail(&b, d, m)
	if err := tx.SendBatch(ctx, &b).Close(); err != nil {
		return fmt.Errorf("queue a mail: %w", civicError(err))
	}
	return nil
}

// batchMail is queueMail as a statement of a batch, which takes no round trip of
// its own. It inserts the job itself, without a client of River, in the columns
// that such a client writes.
func batchMail(b *pgx.Batch, d *civic.District, m civic.Mail) {
	if m.Data == nil {
		m.Data = map[string]string{}
	}
	district := int32(0)
	if d != nil {
		district = d.ID
	}
	b.Queue(queueMailSQL, pgx.NamedArgs{
		"district": district, "contact": m.Contact, "account": m.Account, "kind": string(m.Kind), "thing": m.Thing, "audit": m.Audit,
		"fact": m.Fact, "data": m.Data, "after": m.After, "job": sendMailArgs{}.Kind(), "queue": mailQueue, "attempts": maxMailAttempts,
	})
}
