package serve

import (
	"context"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"time"
)

// Limiter bounds how much is done at once, such as the rendering of tiles, and
// thereby the processor time and the memory that it takes. A handler releases
// its slot before it sends the response, so that slow clients do not occupy
// slots.
//
// A slot that becomes free goes to the client that has the fewest, and among
// those to the one that has been without longest, however many of its callers
// wait. A client may use all slots while no other needs any.
type Limiter struct {
	slots int

	mu      sync.Mutex
	running int
	waiting int
	turn    uint64 // of the last queue that began to wait or received a slot
	clients map[netip.Prefix]*queue
	refused uint64
}

// queue is what one client does and waits for.
type queue struct {
	running int
	turn    uint64
	waiters []waiter // in order of arrival
}

// waiter receives true for a slot, and false when another has taken its place.
type waiter chan bool

// A caller that waits takes some 30 KB, so this is about memory; the time is
// bounded by waitTimeout.
const (
	maxWaiting  = 2048
	waitTimeout = 15 * time.Second
)

// NewLimiter returns a limiter of n slots.
func NewLimiter(n int) *Limiter {
	return &Limiter{slots: n, clients: map[netip.Prefix]*queue{}}
}

// Acquire acquires a slot for the client of the request with the context, which
// the caller must release. It returns a problem with status 503 after
// waitTimeout, and when maxWaiting callers wait and the client has as many of
// them as any other.
func (l *Limiter) Acquire(ctx context.Context) error {
	client := ClientOf(ctx)
	w, err := l.enter(client)
	if w == nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, waitTimeout)
	defer cancel()
	select {
	case granted := <-w:
		if granted {
			return nil
		}
	case <-ctx.Done():
		l.leave(client, w)
	}
	return Busy()
}

// enter takes a free slot, or a place in the queue of the client.
func (l *Limiter) enter(client netip.Prefix) (waiter, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	q := l.clients[client]
	if q == nil {
		q = new(queue)
		l.clients[client] = q
	}
	if l.running < l.slots {
		l.running++
		q.running++
		return nil, nil
	}
	if l.waiting == maxWaiting && !l.displace(q) {
		l.refused++
		l.forget(client, q)
		return nil, Busy()
	}
	if len(q.waiters) == 0 {
		l.takeTurn(q)
	}
	l.waiting++
	w := make(waiter, 1)
	q.waiters = append(q.waiters, w)
	return w, nil
}

// takeTurn puts a queue behind all others.
func (l *Limiter) takeTurn(q *queue) {
	l.turn++
	q.turn = l.turn
}

// displace refuses the latest caller of the client of which most wait. It
// returns false if own is that client.
func (l *Limiter) displace(own *queue) bool {
	most := own
	for _, q := range l.clients {
		if len(q.waiters) > len(most.waiters) {
			most = q
		}
	}
	last := len(most.waiters) - 1
	if most == own || last == len(own.waiters) {
		return false
	}
	most.waiters[last] <- false
	most.waiters = most.waiters[:last]
	l.waiting--
	l.refused++
	return true
}

// leave ends the waiting of a caller. It releases the slot that the caller may
// just have received.
func (l *Limiter) leave(client netip.Prefix, w waiter) {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case granted := <-w:
		if granted {
			l.release(client)
		}
		return
	default:
	}
	l.refused++
	l.waiting--
	q := l.clients[client]
	i := slices.Index(q.waiters, w)
	q.waiters = slices.Delete(q.waiters, i, i+1)
	l.forget(client, q)
}

// Release releases the slot that Acquire has acquired with the context.
func (l *Limiter) Release(ctx context.Context) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.release(ClientOf(ctx))
}

func (l *Limiter) release(client netip.Prefix) {
	q := l.clients[client]
	q.running--
	l.running--
	l.forget(client, q)
	var next *queue
	for _, q := range l.clients {
		if len(q.waiters) == 0 {
			continue
		}
		if next == nil || q.running < next.running || q.running == next.running && q.turn < next.turn {
			next = q
		}
	}
	if next == nil {
		return
	}
	next.waiters[0] <- true
	next.waiters = next.waiters[1:]
	l.takeTurn(next)
	next.running++
	l.running++
	l.waiting--
}

// forget removes the queue of a client that does and waits for nothing.
func (l *Limiter) forget(client netip.Prefix, q *queue) {
	if q.running == 0 && len(q.waiters) == 0 {
		delete(l.clients, client)
	}
}

// Metrics returns the current state.
func (l *Limiter) Metrics(name string) LimitMetrics {
	l.mu.Lock()
	defer l.mu.Unlock()
	return LimitMetrics{Name: name, Used: int64(l.running), Limit: int64(l.slots), Waiting: l.waiting, Refused: l.refused}
}

// LimitMetrics contains the state of a limit, and counts since the start.
type LimitMetrics struct {
	Name        string
	Used, Limit int64
	Waiting     int    // requests that wait
	Refused     uint64 // requests that have been refused
	Cut         uint64 // holdings that were cut for other clients
}

// Busy returns a problem with status 503 for a server at its limit.
func Busy() *Problem {
	return &Problem{Status: http.StatusServiceUnavailable, Title: "Busy", RetryAfter: 2 * time.Second, Detail: "the server is at its limit; try again in a moment"}
}
