package serve

import (
	"context"
	"net/http"
	"time"

	"golang.org/x/sync/semaphore"
)

// Limiter bounds how many tiles, hexes and statistics are rendered at once, and
// so the processor time and memory that they take. It is released before the
// response is sent, so that a slow client keeps nobody from rendering.
type Limiter struct {
	running, waiting *semaphore.Weighted
}

const (
	waitersPerSlot = 8
	waitTimeout    = 5 * time.Second
)

// NewLimiter returns a limiter of n slots.
func NewLimiter(n int) *Limiter {
	return &Limiter{semaphore.NewWeighted(int64(n)), semaphore.NewWeighted(int64(waitersPerSlot * n))}
}

// Acquire takes a slot, which the caller must release. It returns a problem with
// status 503 when waitersPerSlot others wait for each slot already, or after
// waitTimeout.
func (l *Limiter) Acquire(ctx context.Context) error {
	if l.running.TryAcquire(1) {
		return nil
	}
	if !l.waiting.TryAcquire(1) {
		return Busy()
	}
	defer l.waiting.Release(1)
	ctx, cancel := context.WithTimeout(ctx, waitTimeout)
	defer cancel()
	if l.running.Acquire(ctx, 1) != nil {
		return Busy()
	}
	return nil
}

// Release returns a slot.
func (l *Limiter) Release() { l.running.Release(1) }

// Busy returns a problem with status 503 for a server at its limit.
func Busy() *Problem {
	return &Problem{Status: http.StatusServiceUnavailable, Title: "Busy", RetryAfter: 2 * time.Second, Detail: "the server is at its limit; try again in a moment"}
}
