package disclosure_test

import (
	"math/rand/v2"
	"testing"

	"github.com/pinezka/pinezka/analysis/disclosure"
	"github.com/pinezka/pinezka/analysis/disclosure/disclosuretest"
	"github.com/pinezka/pinezka/civic"
)

// TestUtility prints how much of made-up reports is left, by the rule, and
// checks that most are published, in the order that they have: of categories, and
// of sensitive ones, which have more voices and larger cells.
func TestUtility(t *testing.T) {
	for _, test := range []struct {
		category  civic.Category
		published float64 // at least
		worse     float64 // than suppressed cells, by how much a correlation may be
	}{
		{civic.Category{}, 0.9, 0},
		{civic.Category{Sensitive: true}, 0.8, 0.1},
	} {
		k, resolution := test.category.CountedIn()
		for _, n := range []int{500, 1000, 2000, 10_000} {
			var all []disclosuretest.Study
			for seed := range 5 {
				all = append(all, disclosuretest.Clusters(rand.New(rand.NewPCG(uint64(seed), 14)), n).Coarser(resolution))
			}
			t.Logf("%d reports in two years, in %d cells of 12 areas or so\n%s", n, len(all[0].Units), disclosuretest.Table(k, all))
			for _, s := range all {
				leaves := s.Of(disclosure.Rule{K: k}, disclosuretest.Whole)
				suppressed := s.OfSuppressed(k, true)
				if leaves.Published < test.published || leaves.Published < suppressed.Published {
					t.Errorf("K = %d, of %d reports, %.2f are published in leaves, %.2f in cells", k, n, leaves.Published, suppressed.Published)
				}
				for i, c := range leaves.Ranks {
					if c.All < suppressed.Ranks[i].All-test.worse || c.HalfYear < suppressed.Ranks[i].HalfYear-test.worse {
						t.Errorf("K = %d, of %d reports, ranks correlate with %v in leaves, %v in cells", k, n, c, suppressed.Ranks[i])
					}
				}
			}
		}
	}
}
