package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
)

// mailJob has the name and the form of the arguments of a job that sends a mail.
type mailJob struct {
	District int32 `json:"district"`
	Delivery int64 `json:"delivery"`
}

func (mailJob) Kind() string { return "send_mail" }

// TestQueuedJobsAreAsRiverInsertsThem compares the row of a job that queueMail
// inserts with that which a client of River inserts.
func TestQueuedJobsAreAsRiverInsertsThem(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	anna := p.contact(t, "anna@example.org")
	client, err := river.NewClient(riverpgxv5.New(nil), &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	for name, after := range map[string]time.Duration{"at once": 0, "later": time.Hour} {
		var rows []map[string]any
		err := pgx.BeginFunc(t.Context(), p.conn, func(tx pgx.Tx) error {
			if err := store.QueueMail(t.Context(), tx, p.d, civic.Mail{Contact: anna, Kind: civic.MailConfirm, After: after}); err != nil {
				return err
			}
			var args []byte
			if err := tx.QueryRow(t.Context(), `select args from river_job`).Scan(&args); err != nil {
				return err
			}
			var job mailJob
			if err := json.Unmarshal(args, &job); err != nil {
				return err
			}
			opts := &river.InsertOpts{Queue: "mail", MaxAttempts: 11}
			if after != 0 {
				opts.ScheduledAt = time.Now().Add(after)
			}
			if _, err := client.InsertTx(t.Context(), tx, job, opts); err != nil {
				return err
			}
			found, _ := tx.Query(t.Context(), `
				select to_jsonb(river_job) - 'id' - 'created_at' - 'scheduled_at' ||
				  jsonb_build_object('scheduled', scheduled_at > now() + interval '59 minutes')
				from river_job
				order by id`)
			var err error
			rows, err = pgx.CollectRows(found, pgx.RowTo[map[string]any])
			if err == nil {
				_, err = tx.Exec(t.Context(), `delete from river_job`)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(rows[1], rows[0]); diff != "" {
			t.Errorf("%s: (-River +own):\n%s", name, diff)
		}
	}
}

// TestQueuedWithItsTransaction checks that a mail is sent if and only if what it
// tells of is committed.
func TestQueuedWithItsTransaction(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	anna := p.contact(t, "anna@example.org")
	tx, err := p.conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := store.QueueMail(t.Context(), tx, p.d, civic.Mail{Contact: anna, Kind: civic.MailErased}); err != nil {
		t.Fatal(err)
	}
	if err := tx.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.queue(t, civic.Mail{Contact: anna, Kind: civic.MailConfirm})
	var box mailbox
	p.run(t, box.deliver)
	await(t, "the mail is sent", func() bool { return p.outcomes(t)["sent"] == 1 })
	if got := box.received(); len(got) != 1 || got[0].Kind != civic.MailConfirm {
		t.Errorf("got %v", got)
	}
}

// TestNodesShareMails runs the jobs on three nodes, of which one ends in the middle.
func TestNodesShareMails(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	const mails = 60
	for i := range mails {
		p.queue(t, civic.Mail{Contact: p.contact(t, fmt.Sprintf("c%d@example.org", i)), Kind: civic.MailConfirm})
	}
	var box mailbox
	stop := p.run(t, box.deliver)
	p.run(t, box.deliver)
	p.run(t, box.deliver)
	await(t, "some are sent", func() bool { return p.outcomes(t)["sent"] > 0 })
	stop()
	await(t, "all are sent", func() bool { return p.outcomes(t)["sent"] == mails })
	to := map[string]int{}
	for _, l := range box.received() {
		to[l.To]++
	}
	if len(to) != mails || len(box.received()) != mails {
		t.Errorf("%d mails to %d recipients", len(box.received()), len(to))
	}
}

// TestEndWhileSending ends a node while it sends a mail. Another tries again, unless
// the mail server had accepted it.
func TestEndWhileSending(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	p.queue(t, civic.Mail{Contact: p.contact(t, "refused@example.org"), Kind: civic.MailConfirm},
		civic.Mail{Contact: p.contact(t, "accepted@example.org"), Kind: civic.MailConfirm})
	var sending sync.WaitGroup
	sending.Add(2)
	stop := p.run(t, func(ctx context.Context, l civic.Letter) error {
		sending.Done()
		<-ctx.Done() // the node ends
		if l.To == "accepted@example.org" {
			return nil
		}
		return ctx.Err()
	})
	sending.Wait()
	stop()
	if got := p.outcomes(t); got["sent"] != 1 || got["failed: context canceled"] != 1 {
		t.Errorf("got %v", got)
	}
	var box mailbox
	p.run(t, box.deliver)
	jobs, err := p.FailedJobs(t.Context())
	if err != nil || len(jobs) != 1 {
		t.Fatalf("%+v, %v", jobs, err)
	}
	if err := p.RetryJob(t.Context(), jobs[0].ID); err != nil {
		t.Fatal(err)
	}
	await(t, "the other is sent", func() bool { return p.outcomes(t)["sent"] == 2 })
	if got := box.received(); len(got) != 1 || got[0].To != "refused@example.org" {
		t.Errorf("got %v", got)
	}
}

// TestRecordedMailIsNotSentAgain repeats the job of a mail that is recorded as sent,
// as after the end of a node that could not report the job as done.
func TestRecordedMailIsNotSentAgain(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	p.queue(t, civic.Mail{Contact: p.contact(t, "anna@example.org"), Kind: civic.MailConfirm})
	if _, err := p.conn.Exec(t.Context(), `update deliveries set sent_at = now()`); err != nil {
		t.Fatal(err)
	}
	var box mailbox
	p.run(t, box.deliver)
	await(t, "the job is done", func() bool {
		var n int
		err := p.conn.QueryRow(t.Context(), `select count(*) from river_job where kind = 'send_mail' and state = 'completed'`).Scan(&n)
		return err == nil && n == 1
	})
	if box.tries != 0 {
		t.Errorf("it was sent %d times more", box.tries)
	}
}

// TestFollowersDoNotWaitForJobs blocks every connection of the jobs and has every
// worker send a mail, and reads what has changed, and adds a pin, before any ends.
func TestFollowersDoNotWaitForJobs(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	anna := p.contact(t, "anna@example.org")
	for range 200 {
		p.queue(t, civic.Mail{Contact: anna, Kind: civic.MailConfirm})
	}
	release := make(chan struct{})
	calls := make(chan struct{}, 1000)
	stop := p.run(t, func(context.Context, civic.Letter) error {
		calls <- struct{}{}
		<-release
		return nil
	})
	defer stop()
	defer close(release)
	<-calls
	if _, err := p.AddPin(t.Context(), p.d, civic.Actor{}, accept(t, p.d, civic.Draft{Category: "trees", Title: "Lipa", Point: [2]float64{19.95, 50.05}}), civic.Published); err != nil {
		t.Error(err)
	}
	tx, err := p.conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(t.Context())) }()
	if _, err := tx.Exec(t.Context(), `lock table deliveries, river_job in access exclusive mode`); err != nil {
		t.Fatal(err)
	}
	await(t, "a job waits for the lock", func() bool {
		var n int
		err := tx.QueryRow(t.Context(), `select count(*) from pg_locks where relation = 'river_job'::regclass and not granted`).Scan(&n)
		return err == nil && n > 0
	})
	if _, err := p.Changes(t.Context(), civic.Position{}, func(civic.MapPin) {}); err != nil {
		t.Error(err)
	}
}

// TestPeriodicTasksRunOnce checks that what is due is done once a period, by
// whichever node, and after an outage once.
func TestPeriodicTasksRunOnce(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	old := fmt.Sprintf(`insert into requests (district_id, key_hash, body_hash, salt, pin_id, publication, private, created_at)
		values (%d, sha256('a'), sha256('b'), substr(sha256('c'), 1, 16), 1, 'published', false, now() - interval '8 days')`, p.d.ID)
	overdue := fmt.Sprintf(`insert into periodic_runs (district_id, task, due_at) values (%d, 'delete_old_requests', now() - interval '5 days')`, p.d.ID)
	for _, statement := range []string{old, overdue} {
		if _, err := p.conn.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	requests := func() (n int) {
		if err := p.conn.QueryRow(t.Context(), `select count(*) from requests`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	var box mailbox
	stop := p.run(t, box.deliver)
	p.run(t, box.deliver)
	await(t, "the old request is deleted", func() bool { return requests() == 0 })
	runs := func() (n int) {
		if err := p.conn.QueryRow(t.Context(), `select count(*) from periodic_runs where task = 'delete_old_requests' and due_at > now() - interval '2 hours'`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	await(t, "the run is recorded", func() bool { return runs() == 1 })
	stop()
	var all int
	if err := p.conn.QueryRow(t.Context(), `select count(*) from periodic_runs where task = 'delete_old_requests'`).Scan(&all); err != nil || all != 1 {
		t.Errorf("%d runs are recorded, %v", all, err)
	}
}
