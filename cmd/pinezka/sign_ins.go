package main

import (
	"context"
	"log/slog"
	"time"
)

// signIns queues the mails that people ask for to sign in with.
type signIns struct {
	asked chan struct{} // has an element when somebody has just asked this process
}

func newSignIns() signIns { return signIns{make(chan struct{}, 1)} }

// request makes run look for requests at once. It never waits.
func (s signIns) request() {
	select {
	case s.asked <- struct{}{}:
	default:
	}
}

// run calls queue when somebody has asked, and every few seconds for what another
// node left, until ctx ends. It calls clean once an hour. It logs errors and tries
// again.
func (s signIns) run(ctx context.Context, queue func(context.Context) (int, error), clean func(context.Context) error, log *slog.Logger) {
	poll, hour := time.NewTicker(5*time.Second), time.NewTicker(time.Hour)
	defer poll.Stop()
	defer hour.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-hour.C:
			if err := clean(ctx); err != nil && ctx.Err() == nil {
				log.WarnContext(ctx, "cannot delete sessions that have ended", "err", err)
			}
			continue
		case <-s.asked:
		case <-poll.C:
		}
		for {
			n, err := queue(ctx)
			if err != nil && ctx.Err() == nil {
				log.WarnContext(ctx, "cannot queue mails to sign in", "err", err)
			}
			if n == 0 || err != nil {
				break
			}
		}
	}
}
