package store_test

import (
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
)

// BenchmarkMatches finds the offers that fit an ask among 100,000 other things with
// 500,000 links.
func BenchmarkMatches(b *testing.B) {
	s, d := openThings(b, 200)
	asks, err := s.Things(b.Context(), d, civic.ThingQuery{Kind: civic.AskThing, State: "open", Limit: 100})
	if err != nil || len(asks) == 0 {
		b.Fatal(len(asks), err)
	}
	i, found := 0, 0
	for b.Loop() {
		matches, err := s.Matches(b.Context(), d, asks[i%len(asks)].ID)
		if err != nil {
			b.Fatal(err)
		}
		found += len(matches)
		i++
	}
	if found == 0 {
		b.Error("nothing fits")
	}
}

// openThings returns a store and a district with so many pins, 100,000 other things
// and 500,000 links.
func openThings(b *testing.B, pins int) (*store.Store, *civic.District) {
	b.Helper()
	url := storetest.URL(b)
	s, d := openWith(b, url, storetest.Keys(b))
	for range pins {
		add(b, s, d, tree, civic.Published)
	}
	storetest.AddThings(b, url, d, 100_000, 500_000)
	return s, d
}
