package serve

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// contextOf returns the context of a request of a client.
func contextOf(t *testing.T, client string) context.Context {
	return context.WithValue(t.Context(), stateKey{}, &requestState{client: netip.MustParsePrefix(client)})
}

// The addresses of a library, of somebody else, and of a third.
const library, elsewhere, third = "192.0.2.1/32", "198.51.100.1/32", "2001:db8::/64"

// acquirer acquires slots in the background, and records the order in which the
// clients receive them.
type acquirer struct {
	t       *testing.T
	limiter *Limiter

	mu             sync.Mutex
	order, refused []string
}

func (a *acquirer) start(client string) {
	go func() {
		err := a.limiter.Acquire(contextOf(a.t, client))
		a.mu.Lock()
		defer a.mu.Unlock()
		if err != nil {
			a.refused = append(a.refused, client)
			return
		}
		a.order = append(a.order, client)
	}()
	synctest.Wait()
}

// TestLimiterIsFair checks that a client which occupies all slots, and waits for
// many more, does not keep another waiting behind its own requests.
func TestLimiterIsFair(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &acquirer{t: t, limiter: NewLimiter(2)}
		for range 100 {
			a.start(library)
		}
		a.start(elsewhere)
		a.start(third)
		if got := a.limiter.Metrics("x"); got != (LimitMetrics{Name: "x", Used: 2, Limit: 2, Waiting: 100}) {
			t.Errorf("%+v", got)
		}
		for _, from := range []string{library, library, library} {
			a.limiter.Release(contextOf(t, from))
			synctest.Wait()
		}
		if want := []string{library, library, elsewhere, library, third}; !slices.Equal(a.order, want) {
			t.Errorf("slots went to %v, want %v", a.order, want)
		}
		for _, from := range []string{elsewhere, third} {
			a.limiter.Release(contextOf(t, from))
			synctest.Wait()
		}
		for range 95 {
			a.limiter.Release(contextOf(t, library))
			synctest.Wait()
		}
		if got := a.limiter.Metrics("x"); len(a.order) != 102 || got.Used != 2 || got.Waiting != 0 || len(a.limiter.clients) != 1 {
			t.Errorf("%d slots, then %+v of %d clients", len(a.order), got, len(a.limiter.clients))
		}
	})
}

// TestLimiterQueue checks that the queue is limited, and that the latest of the
// client of which most wait makes room for another.
func TestLimiterQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &acquirer{t: t, limiter: NewLimiter(1)}
		for range 1 + maxWaiting {
			a.start(library)
		}
		var p *Problem
		if err := a.limiter.Acquire(contextOf(t, library)); !errors.As(err, &p) || p.Status != http.StatusServiceUnavailable || p.RetryAfter == 0 {
			t.Errorf("one more: %v, want a problem with status 503", err)
		}
		a.start(elsewhere)
		if len(a.refused) != 1 || a.refused[0] != library {
			t.Errorf("for somebody else, %v were refused", a.refused)
		}
		for range 2 {
			a.limiter.Release(contextOf(t, library))
			synctest.Wait()
		}
		if !slices.Equal(a.order, []string{library, library, elsewhere}) {
			t.Errorf("the slot went to %v", a.order)
		}
		begun := time.Now()
		time.Sleep(waitTimeout)
		synctest.Wait()
		if got := a.limiter.Metrics("x"); got.Waiting != 0 || got.Used != 1 || len(a.refused) != maxWaiting-1 || time.Since(begun) != waitTimeout {
			t.Errorf("after %s %+v, %d refused", time.Since(begun), got, len(a.refused))
		}
	})
}
