package storetest_test //nolint:testableexamples // it needs the t of a test

import (
	"testing"

	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
)

var t *testing.T // represents the parameter of a test

// A test opens a store on a database of its own. TestMain of the package calls
// storetest.Main.
func Example() {
	s, err := store.Open(t.Context(), store.Config{URL: storetest.URL(t), Keys: storetest.Keys(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)

	districts, err := s.Districts(t.Context())
	if err != nil || len(districts) != 0 {
		t.Errorf("got %v, %v, want an empty database", districts, err)
	}
}
