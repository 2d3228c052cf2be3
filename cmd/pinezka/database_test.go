package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
)

// TestFindDistrict checks that only an unknown slug is answered with where to
// find the right one, and a lost connection is not.
func TestFindDistrict(t *testing.T) {
	t.Parallel()
	s, err := store.Open(t.Context(), store.Config{URL: storetest.URL(t)})
	if err != nil {
		t.Fatal(err)
	}
	const hint = "lists the districts"
	if _, err := findDistrict(t.Context(), s, "nikt"); !errors.Is(err, civic.ErrNotFound) || !strings.Contains(err.Error(), hint) {
		t.Errorf("unknown slug: %v", err)
	}
	s.Close()
	if _, err := findDistrict(t.Context(), s, "nikt"); err == nil || errors.Is(err, civic.ErrNotFound) || strings.Contains(err.Error(), hint) {
		t.Errorf("without a connection: %v", err)
	}
}
