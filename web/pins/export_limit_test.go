package pins_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/webtest"
)

// heldStore reports that pins are read, and finds none once end is closed.
type heldStore struct {
	web.Store
	reading chan struct{}
	end     chan struct{}
}

func (s heldStore) Pins(context.Context, *civic.District, civic.PinQuery) (civic.PinPage, error) {
	s.reading <- struct{}{}
	<-s.end
	return civic.PinPage{}, nil
}

// TestFewExportsAtOnce checks that two files are made at once, however many are
// requested, and that all the others follow.
func TestFewExportsAtOnce(t *testing.T) {
	const files = 7
	store := heldStore{reading: make(chan struct{}, files), end: make(chan struct{})}
	s := webtest.Static(t, web.Config{Store: store})
	state := func() serve.LimitMetrics {
		for _, m := range s.App.LimitMetrics() {
			if m.Name == "exporting" {
				return m
			}
		}
		t.Fatal("exports have no limit")
		return serve.LimitMetrics{}
	}
	var all sync.WaitGroup
	for i := range files {
		path := []string{"/d/trial/pins.csv", "/d/trial/pins.geojson", "/d/trial/pins.xlsx"}[i%3]
		all.Go(func() {
			if resp, body := s.Do(t, "GET", path, ""); resp.StatusCode != http.StatusOK {
				t.Errorf("%s: status %d, %s", path, resp.StatusCode, body)
			}
		})
	}
	for state().Waiting < files-2 {
		time.Sleep(time.Millisecond)
	}
	if got := state(); got.Used != 2 || len(store.reading) > 2 {
		t.Errorf("%+v, %d files are read", got, len(store.reading))
	}
	close(store.end)
	all.Wait()
	if len(store.reading) != files || state().Used != 0 {
		t.Errorf("%d files were read; %+v", len(store.reading), state())
	}
}
