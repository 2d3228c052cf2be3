package storetest

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
)

// RunJobs runs the jobs of a store, whose mails it hands over to deliver, until stop
// is called or the test ends.
func RunJobs(t testing.TB, s *store.Store, deliver func(context.Context, civic.Letter) error) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		err := s.RunJobs(ctx, store.JobsConfig{Deliver: deliver, Poll: 20 * time.Millisecond, Logger: slog.New(slog.DiscardHandler)})
		if err != nil && ctx.Err() == nil {
			t.Error(err)
		}
	}()
	stop = func() { cancel(); <-done }
	t.Cleanup(stop)
	return stop
}

// AwaitMails makes the mails due that wait for the end of civic.UndoWindow, and
// waits until the jobs of a database have sent all.
func AwaitMails(t testing.TB, conn *pgx.Conn) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Minute); ; time.Sleep(5 * time.Millisecond) {
		var left int
		err := conn.QueryRow(t.Context(), `
			with due as (
			  update river_job
			  set state = 'available', scheduled_at = now()
			  where state = 'scheduled'
			    and kind in ('notify', 'send_mail')
			)
			select count(*)
			from river_job
			where finalized_at is null
			  and kind in ('notify', 'send_mail')`).Scan(&left)
		if err == nil && left == 0 {
			return
		}
		if err != nil || time.Now().After(deadline) {
			t.Fatalf("%d jobs are left: %v", left, err)
		}
	}
}
