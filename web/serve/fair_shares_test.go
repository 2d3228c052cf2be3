package serve

import (
	"math/rand/v2"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"
)

// TestShares checks who loses what when more is wanted than there is.
func TestShares(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := NewShares(10)
		lost := map[string]int{}
		take := func(client string, amount int64, name string) (release func(), ok bool) {
			release, err := s.Take(netip.MustParsePrefix(client), amount, func() { lost[name]++ })
			return release, err == nil
		}
		first, ok := take(library, 6, "first")
		_, ok2 := take(library, 4, "second")
		if !ok || !ok2 {
			t.Fatal("a client may not hold all of it alone")
		}
		if _, ok := take(library, 1, "more"); ok {
			t.Error("a client took more than there is, at once")
		}
		if _, ok := take(elsewhere, 3, "other"); !ok || lost["first"] != 1 || len(lost) != 1 {
			t.Errorf("for another client, %v was cut", lost)
		}
		first() // has been cut
		if got := s.Metrics("x"); got != (LimitMetrics{Name: "x", Used: 7, Limit: 10, Refused: 1, Cut: 1}) {
			t.Errorf("%+v", got)
		}
		if _, ok := take(elsewhere, 4, "too much"); ok {
			t.Error("a client that would hold the most took from one that holds less")
		}
		time.Sleep(patience)
		if _, ok := take(elsewhere, 4, "later"); !ok || lost["other"] != 1 || lost["second"] != 0 {
			t.Errorf("after a while, %v was cut, want the oldest of the same client", lost)
		}
	})
}

// TestSharesAddUp checks, with random holdings of random clients, that what is
// used is the sum of what is held, within the limit, and that a holding ends
// once: by its release or by its cut.
func TestSharesAddUp(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	s := NewShares(1000)
	held := map[int]func(){}
	amounts := map[int]int64{}
	for i := range 20_000 {
		amount := 1 + random.Int64N(100)
		client := netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(random.IntN(20))}), 32)
		release, err := s.Take(client, amount, func() {
			if held[i] == nil {
				t.Fatal("a holding was cut that has ended")
			}
			delete(held, i)
			delete(amounts, i)
		})
		if err == nil {
			held[i], amounts[i] = release, amount
		}
		for j, release := range held {
			if random.IntN(20) == 0 {
				release()
				release()
				delete(held, j)
				delete(amounts, j)
			}
		}
		var sum int64
		for _, amount := range amounts {
			sum += amount
		}
		if s.used != sum || sum > s.limit {
			t.Fatalf("%d used, %d held", s.used, sum)
		}
	}
	for _, release := range held {
		release()
	}
	if s.used != 0 || len(s.clients) != 0 || s.cut == 0 || s.refused == 0 {
		t.Errorf("%d used by %d clients at the end; %d cut, %d refused", s.used, len(s.clients), s.cut, s.refused)
	}
}
