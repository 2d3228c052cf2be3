package serve

import (
	"context"
	"net/http"
	"time"

	"golang.org/x/sync/semaphore"
)

// Limiter bounds how many tiles, hexes and statistics are rendered at once, and
// thereby the processor time and the memory that they take. A handler releases
// its slot before it sends the response, so that slow clients do not occupy
// slots.
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

// Acquire acquires a slot, which the caller must release. It returns a problem
// with status 503 when waitersPerSlot callers are already waiting for each
// slot, or after waitTimeout.
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

// Release releases a slot.
func (l *Limiter) Release() { l.running.Release(1) }

// Busy returns a problem with status 503 for a server at its limit.
func Busy() *Problem {
	return &Problem{Status: http.StatusServiceUnavailable, Title: "Busy", RetryAfter: 2 * time.Second, Detail: "the server is at its limit; try again in a moment"}
}
