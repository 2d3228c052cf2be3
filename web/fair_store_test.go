package web

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// slowStore is a store whose queries last until they may end.
type slowStore struct {
	Store   // of which a test calls nothing else
	running *atomic.Int32
	end     chan struct{}
}

func (s slowStore) query() {
	s.running.Add(1)
	<-s.end
	s.running.Add(-1)
}

func (s slowStore) Pins(context.Context, *civic.District, civic.PinQuery) (out civic.PinPage, err error) {
	s.query()
	return out, nil
}

func (s slowStore) SearchPins(context.Context, *civic.District, string, int) ([]int64, error) {
	s.query()
	return nil, nil
}

func (s slowStore) Pin(context.Context, *civic.District, int64) (out civic.Pin, err error) {
	s.query()
	return out, nil
}

func (s slowStore) PinByLink(context.Context, *civic.District, civic.PrivateLink) (out civic.Pin, err error) {
	s.query()
	return out, nil
}

func (s slowStore) Places(context.Context, *civic.District, civic.PlaceQuery) ([]civic.FoundPlace, error) {
	s.query()
	return nil, nil
}

func (s slowStore) AddPin(context.Context, *civic.District, civic.Actor, civic.NewPin, civic.Publication) (int64, error) {
	s.query()
	return 0, nil
}

// TestWritersDoNotWaitForReaders adds a pin while readers have all their slots.
func TestWritersDoNotWaitForReaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := slowStore{running: new(atomic.Int32), end: make(chan struct{})}
		s := fairStore{slow, serve.NewLimiter(1), serve.NewLimiter(1)}
		for range 3 {
			go func() { _, _ = s.Pin(t.Context(), &civic.District{}, 1) }()
		}
		go func() {
			_, _ = s.AddPin(t.Context(), &civic.District{}, civic.Actor{}, civic.NewPin{}, civic.Published)
		}()
		go func() {
			_, _ = s.AddPinOnce(t.Context(), &civic.District{}, civic.Actor{}, civic.NewPin{}, civic.Published, civic.Request{})
		}()
		synctest.Wait()
		if got := slow.running.Load(); got != 2 {
			t.Errorf("%d queries run, want one reader and one writer", got)
		}
		for range 5 {
			slow.end <- struct{}{}
		}
		synctest.Wait()
		if s.writing.Metrics("").Used != 0 {
			t.Errorf("%+v", s.writing.Metrics(""))
		}
	})
}

func (s slowStore) Basemap(context.Context) (out civic.Basemap, err error) {
	s.query()
	return out, nil
}

func (s slowStore) AddPinOnce(context.Context, *civic.District, civic.Actor, civic.NewPin, civic.Publication, civic.Request) (out civic.AddedPin, err error) {
	s.query()
	return out, nil
}

// TestQueriesAreLimited checks that every query of the database takes a slot,
// and releases it.
func TestQueriesAreLimited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := slowStore{running: new(atomic.Int32), end: make(chan struct{})}
		s := fairStore{slow, serve.NewLimiter(2), serve.NewLimiter(1)}
		ctx, d := t.Context(), &civic.District{}
		failed := atomic.Int32{}
		queries := []func() error{
			func() error { _, err := s.Pins(ctx, d, civic.PinQuery{}); return err },
			func() error { _, err := s.PinByLink(ctx, d, ""); return err },
			func() error { _, err := s.SearchPins(ctx, d, "", 1); return err },
			func() error { _, err := s.Pin(ctx, d, 1); return err },
			func() error { _, err := s.Places(ctx, d, civic.PlaceQuery{}); return err },
			func() error { _, err := s.Basemap(ctx); return err },
		}
		for _, query := range queries {
			go func() {
				if query() != nil {
					failed.Add(1)
				}
			}()
		}
		for left := len(queries); left > 0; left-- {
			synctest.Wait()
			if got := slow.running.Load(); got != int32(min(2, left)) {
				t.Errorf("%d queries run at once, %d are left", got, left)
			}
			slow.end <- struct{}{}
		}
		synctest.Wait()
		if failed.Load() != 0 || s.querying.Metrics("").Used != 0 {
			t.Errorf("%d queries failed; %+v", failed.Load(), s.querying.Metrics(""))
		}
	})
}
