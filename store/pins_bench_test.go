package store_test

import (
	"iter"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store/storetest"
)

// openPins returns a store over a database, with a district of n pins: needs, of which few
// are left without a diagnosis, the newest ones, and some organisations.
func openPins(b *testing.B, url string, n int) post {
	b.Helper()
	keys, d := storetest.Keys(b), district()
	s := reopen(b, url, keys)
	d.Categories = append(d.Categories, civic.Category{Slug: "clubs", Kind: civic.Organisation, Visibility: civic.Exact, Colour: "#112233", Label: civic.Text{"en": "Clubs"}})
	r := rand.New(rand.NewPCG(15, 51))
	err := s.LoadDistrict(b.Context(), &d, func() iter.Seq2[civic.NewPin, error] {
		return func(yield func(civic.NewPin, error) bool) {
			acceptor := civic.NewAcceptor(&d, civic.MaxDay)
			for i := range n {
				draft := tree
				draft.Point = orb.Point{19.9 + r.Float64()/5, 50 + r.Float64()/10}
				draft.ReportedOn = civic.Day(18000 + 2000*i/n)
				draft.Status = civic.Diagnosed
				if i > n/10*9 {
					draft.Status = civic.Reported
				}
				if i%1000 == 0 {
					draft.Category, draft.Status = "clubs", civic.Active
				}
				if !yield(acceptor.Accept(draft)) {
					return
				}
			}
		}
	})
	if err != nil {
		b.Fatal(err)
	}
	return post{s, &d, connect(b, url), keys}
}
