package web

import (
	"context"
	"net/http"
	"time"

	"golang.org/x/sync/semaphore"
)

// turns bound what is drawn and counted at once, and so what that takes of the
// processor and of memory. A turn ends before the answer is sent: a client that
// reads slowly keeps nobody from drawing.
type turns struct {
	present, waiting *semaphore.Weighted
}

const (
	turnsWaiting = 8               // may wait, for each that is drawn
	turnPatience = 5 * time.Second // for which they wait
)

func newTurns(n int) *turns {
	return &turns{semaphore.NewWeighted(int64(n)), semaphore.NewWeighted(int64(turnsWaiting * n))}
}

// take a turn, which the caller must leave. It fails with 503 where too many
// wait already, or waiting takes too long.
func (t *turns) take(ctx context.Context) error {
	if t.present.TryAcquire(1) {
		return nil
	}
	if !t.waiting.TryAcquire(1) {
		return busy()
	}
	defer t.waiting.Release(1)
	ctx, cancel := context.WithTimeout(ctx, turnPatience)
	defer cancel()
	if t.present.Acquire(ctx, 1) != nil {
		return busy()
	}
	return nil
}

func (t *turns) leave() { t.present.Release(1) }

// busy says that more is asked for than the server gives at once.
func busy() error {
	return &problem{Status: http.StatusServiceUnavailable, Title: "Busy", Detail: "more is being asked for than this server gives at once; try again in a moment", retryAfter: "2"}
}
