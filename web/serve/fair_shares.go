package serve

import (
	"container/list"
	"net/netip"
	"sync"
	"time"
)

// Shares divides a limited amount among clients, such as the bytes of responses
// that are being sent, or the open streams of changes. A client may hold all of
// it while no other needs any. Once the amount is exhausted, the client that
// holds the most loses its oldest holding to whoever comes, so that neither
// many nor slow requests of one client keep out another.
//
// When the client that holds the most is the one who comes, its oldest holding
// is cut only after patience, since until then it may just be quick. The oldest
// of many is the one that is slow.
type Shares struct {
	limit int64

	mu      sync.Mutex
	used    int64
	clients map[netip.Prefix]*share
	refused uint64
	cut     uint64
}

// patience is the time for which a client keeps a holding against itself.
const patience = 5 * time.Second

// share is what one client holds.
type share struct {
	sum  int64
	held list.List // of *holding, the oldest first
}

// holding is an amount that a client holds, and how to take it away.
type holding struct {
	amount  int64
	since   time.Time
	cut     func()
	removed bool
}

// NewShares returns shares of the limit.
func NewShares(limit int64) *Shares {
	return &Shares{limit: limit, clients: map[netip.Prefix]*share{}}
}

// Take takes an amount for a client until release is called. A single holding
// may exceed the limit. cut is called at most once, when the amount has been
// given to another: the holder must then stop using it. Take returns a problem
// with status 503 when the client itself holds the most.
func (s *Shares) Take(client netip.Prefix, amount int64, cut func()) (release func(), err error) {
	amount = min(amount, s.limit)
	var victims []*holding
	s.mu.Lock()
	for s.used+amount > s.limit && err == nil {
		if victim := s.takeBack(client, amount); victim != nil {
			victims = append(victims, victim)
		} else {
			s.refused++
			err = Busy()
		}
	}
	if err == nil {
		release = s.hold(client, &holding{amount: amount, since: time.Now(), cut: cut})
	}
	s.mu.Unlock()
	for _, victim := range victims {
		victim.cut()
	}
	return release, err
}

// hold adds a holding to the share of a client.
func (s *Shares) hold(client netip.Prefix, h *holding) (release func()) {
	own := s.clients[client]
	if own == nil {
		own = new(share)
		s.clients[client] = own
	}
	e := own.held.PushBack(h)
	own.sum += h.amount
	s.used += h.amount
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.remove(client, own, e)
	}
}

// remove removes a holding unless it has been removed.
func (s *Shares) remove(client netip.Prefix, from *share, e *list.Element) *holding {
	h := e.Value.(*holding)
	if h.removed {
		return h
	}
	h.removed = true
	from.held.Remove(e)
	from.sum -= h.amount
	s.used -= h.amount
	if from.held.Len() == 0 {
		delete(s.clients, client)
	}
	return h
}

// takeBack removes the oldest holding of the client that holds the most,
// counting the amount as that of the client who comes. It returns nil when that
// one must wait.
func (s *Shares) takeBack(client netip.Prefix, amount int64) *holding {
	most, largest := client, amount
	if own := s.clients[client]; own != nil {
		largest += own.sum
	}
	for c, share := range s.clients {
		if c != client && share.sum > largest {
			most, largest = c, share.sum
		}
	}
	from := s.clients[most]
	if from == nil {
		return nil
	}
	oldest := from.held.Front()
	if most == client && time.Since(oldest.Value.(*holding).since) < patience {
		return nil
	}
	s.cut++
	return s.remove(most, from, oldest)
}

// Metrics returns the current state.
func (s *Shares) Metrics(name string) LimitMetrics {
	s.mu.Lock()
	defer s.mu.Unlock()
	return LimitMetrics{Name: name, Used: s.used, Limit: s.limit, Refused: s.refused, Cut: s.cut}
}
