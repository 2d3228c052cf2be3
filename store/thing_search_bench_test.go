package store_test

import (
	"testing"

	"github.com/pinezka/pinezka/civic"
)

// BenchmarkSearchThings finds things among 100,000 that all have the same word: the
// newest of all kinds and of one, in an area, of the last days and of the first ones,
// and those with the word.
func BenchmarkSearchThings(b *testing.B) {
	s, d := openThings(b, 200)
	hits, err := s.SearchThings(b.Context(), d, civic.SearchQuery{Limit: 60})
	if err != nil {
		b.Fatal(err)
	}
	last := hits[0].Day
	for name, q := range map[string]civic.SearchQuery{
		"newest":       {},
		"kind":         {Kinds: []civic.ThingKind{civic.DiagnosisThing}},
		"area":         {AreaID: d.Areas[0].ID},
		"last days":    {From: last - 7},
		"first days":   {To: last - 700},
		"word":         {Words: "name"},
		"word of days": {Words: "name", To: last - 700},
		"word of kind": {Words: "name", Kinds: []civic.ThingKind{civic.DiagnosisThing}},
	} {
		q.Limit = 60
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if found, err := s.SearchThings(b.Context(), d, q); err != nil || len(found) != q.Limit {
					b.Fatal(len(found), err)
				}
			}
		})
	}
}
