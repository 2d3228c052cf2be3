package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"github.com/pinezka/pinezka/civic"
)

// sendMailArgs are the arguments of a job that sends the mail of a delivery: ids
// only.
type sendMailArgs struct {
	District int32 `json:"district"` // 0 for a mail of the installation
	Delivery int64 `json:"delivery"`
}

// Kind returns the name of the kind of job.
func (sendMailArgs) Kind() string { return "send_mail" }

// retryDelays are the times from each attempt to send a mail to the next: with the
// last, somebody has had four days to mend a mail server.
func retryDelays() []time.Duration {
	return []time.Duration{
		time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour,
		24 * time.Hour, 24 * time.Hour, 24 * time.Hour,
	}
}

// maxMailAttempts is one more than the number of retryDelays.
const maxMailAttempts = 11

// mailWorker sends the mails of deliveries.
type mailWorker struct {
	river.WorkerDefaults[sendMailArgs]

	store   *Store
	pool    *pgxpool.Pool
	deliver func(context.Context, civic.Letter) error
}

// NextRetry returns when a failed mail is tried again: by retryDelays and up to a
// tenth more, so that not all mails of an outage come back at once.
func (w *mailWorker) NextRetry(job *river.Job[sendMailArgs]) time.Time {
	delays := retryDelays()
	delay := delays[min(max(job.Attempt, 1), len(delays))-1]
	return time.Now().Add(delay + rand.N(delay/10)) //nolint:gosec // no secret
}

// errAlreadySent is the result of a job that was done before, such as by a node
// that was killed before it could say so.
var errAlreadySent = errors.New("this mail has an outcome")

// Work sends the mail of a delivery and records the outcome. It makes the secrets
// of a mail and stores their hashes before it sends it. A mail is sent twice only
// if the process or the database ends between the acceptance by the mail server
// and the record of it, or if the connection to the server ends before its
// response: then both mails have the same Message-ID.
func (w *mailWorker) Work(ctx context.Context, job *river.Job[sendMailArgs]) error {
	var letter civic.Letter
	err := pgx.BeginFunc(ctx, w.pool, func(tx pgx.Tx) (err error) {
		letter, err = w.store.prepareLetter(ctx, tx, job.Args)
		if reason := (notSentError{}); errors.As(err, &reason) {
			letter = civic.Letter{} // there is none to send
			return skipDelivery(ctx, tx, job.Args, reason)
		}
		return err
	})
	switch {
	case errors.Is(err, errAlreadySent):
		return nil
	case err != nil:
		return fmt.Errorf("prepare the mail: %w", err)
	case letter.To == "":
		return nil
	}
	sending := w.deliver(ctx, letter)
	// The outcome is recorded even when ctx has ended meanwhile.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if sending != nil {
		return w.recordFailure(ctx, job, sending)
	}
	return w.recordSent(ctx, job)
}

// recordSent records that a mail was sent and that its job is done.
func (w *mailWorker) recordSent(ctx context.Context, job *river.Job[sendMailArgs]) error {
	return pgx.BeginFunc(ctx, w.pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			update deliveries
			set sent_at = now(), dead_at = null, error = ''
			where district_id = @district
			  and delivery_id = @delivery`, job.Args.named())
		if err == nil {
			_, err = river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job)
		}
		if err != nil {
			return fmt.Errorf("record that a mail was sent: %w", err)
		}
		return nil
	})
}

// recordFailure records why a mail could not be sent, and whether it is dead, and
// returns the error without addresses.
func (w *mailWorker) recordFailure(ctx context.Context, job *river.Job[sendMailArgs], sending error) error {
	unknown := errors.Is(sending, civic.ErrUnknownRecipient)
	permanent := unknown || errors.Is(sending, civic.ErrPermanent)
	reason := withoutAddresses(sending.Error())
	args := job.Args.named()
	args["error"], args["dead"], args["unknown"] = reason, permanent || job.Attempt >= job.MaxAttempts, unknown
	_, err := w.pool.Exec(ctx, `
		with failed as (
		  update deliveries
		  set error = @error,
		    dead_at = case when @dead then now() end
		  where district_id = @district
		    and delivery_id = @delivery
		  returning district_id, contact_id
		)
		update contacts
		set bounced_at = now()
		from failed
		where @unknown
		  and contacts.district_id = failed.district_id
		  and contacts.contact_id = failed.contact_id
		  and bounced_at is null`, args)
	if err != nil {
		return fmt.Errorf("record that a mail was not sent (%s): %w", reason, err)
	}
	if permanent {
		return river.JobCancel(errors.New(reason)) //nolint:wrapcheck // River acts on its type
	}
	return errors.New(reason)
}

// named returns the arguments of a statement about the delivery.
func (a sendMailArgs) named() pgx.NamedArgs {
	return pgx.NamedArgs{"district": a.District, "delivery": a.Delivery}
}

// notSentError says why a mail is not sent.
type notSentError struct{ why string }

// Error returns why.
func (e notSentError) Error() string { return e.why }

// skipDelivery records that a mail is not sent.
func skipDelivery(ctx context.Context, tx pgx.Tx, args sendMailArgs, reason notSentError) error {
	named := args.named()
	named["why"] = reason.why
	_, err := tx.Exec(ctx, `
		update deliveries
		set skipped_at = now(), dead_at = null, error = @why
		where district_id = @district
		  and delivery_id = @delivery`, named)
	if err != nil {
		return fmt.Errorf("record that a mail is not sent: %w", err)
	}
	return nil
}

// mailAddress matches what can be an e-mail address, which mail servers repeat in
// their responses.
var mailAddress = regexp.MustCompile(`[^\s<>"(),:;]+@[^\s<>"(),:;]+`)

// withoutAddresses returns a text with every address replaced, of at most 500
// bytes.
func withoutAddresses(text string) string {
	text = mailAddress.ReplaceAllString(text, "(address)")
	if len(text) > 500 {
		text = text[:500]
	}
	return text
}
