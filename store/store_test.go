package store_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// TestReadersDoNotDelayWriters blocks more readers than there are connections
// for them, and adds a pin before any of them ends.
func TestReadersDoNotDelayWriters(t *testing.T) {
	s, d, conn := open(t)
	pin := accept(t, d, civic.Draft{Category: "trees", Title: "Lipa", Point: orb.Point{19.95, 50.05}})
	if _, err := conn.Exec(t.Context(), `begin; lock table private_links in access exclusive mode`); err != nil {
		t.Fatal(err)
	}
	reading, stop := context.WithCancel(t.Context())
	defer stop()
	writing, readersEnded := context.WithCancel(t.Context())
	defer readersEnded()
	var readers sync.WaitGroup
	for range 20 {
		readers.Go(func() {
			defer readersEnded()
			_, _ = s.PinByLink(reading, d, civic.NewPrivateLink()) // ends with an error
		})
	}
	waiting := 0
	for deadline := time.Now().Add(time.Minute); waiting < 8; time.Sleep(time.Millisecond) {
		err := conn.QueryRow(t.Context(), `select count(*) from pg_locks where relation = 'private_links'::regclass and not granted`).Scan(&waiting)
		if err != nil || time.Now().After(deadline) {
			t.Fatalf("%d readers wait, %v", waiting, err)
		}
	}
	if _, err := s.AddPin(writing, d, civic.Actor{}, pin, civic.Published); err != nil {
		t.Error(err)
	}
	stop()
	readers.Wait()
}
