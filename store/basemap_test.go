package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// TestBasemap records a basemap and then another one, which alone remains.
func TestBasemap(t *testing.T) {
	s, _, _ := open(t)
	if _, err := s.Basemap(t.Context()); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("none yet: %v", err)
	}
	for _, hash := range []string{"0123", "4567"} {
		want := civic.Basemap{Hash: hash, Source: hash + ".osm.pbf", MadeAt: time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)}
		if err := s.SetBasemap(t.Context(), want); err != nil {
			t.Fatal(err)
		}
		got, err := s.Basemap(t.Context())
		if got.MadeAt = got.MadeAt.UTC(); err != nil || !cmp.Equal(want, got) {
			t.Errorf("got %+v (%v), want %+v", got, err, want)
		}
	}
}
