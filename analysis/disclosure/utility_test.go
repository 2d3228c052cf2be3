package disclosure_test

import (
	"math/rand/v2"
	"testing"

	"github.com/pinezka/pinezka/analysis/disclosure"
	"github.com/pinezka/pinezka/analysis/disclosure/disclosuretest"
)

// TestUtility prints how much of made-up reports is left, by the rule, and
// checks that most are published, in the order that they have.
func TestUtility(t *testing.T) {
	const k, studies = 5, 5
	for _, n := range []int{500, 2000, 10_000} {
		var all []disclosuretest.Study
		for seed := range studies {
			all = append(all, disclosuretest.Clusters(rand.New(rand.NewPCG(uint64(seed), 14)), n))
		}
		t.Logf("%d reports in two years, in 469 cells of 12 areas or so\n%s", n, disclosuretest.Table(k, all))
		for _, s := range all {
			leaves := s.Of(disclosure.Rule{K: k}, disclosuretest.Whole)
			suppressed := s.OfSuppressed(k, true)
			if leaves.Published < 0.9 || leaves.Published < suppressed.Published {
				t.Errorf("of %d reports, %.2f are published in leaves, %.2f in cells", n, leaves.Published, suppressed.Published)
			}
			for i, c := range leaves.Ranks {
				if c.All < suppressed.Ranks[i].All || c.HalfYear < suppressed.Ranks[i].HalfYear {
					t.Errorf("of %d reports, ranks correlate with %v in leaves, %v in cells", n, c, suppressed.Ranks[i])
				}
			}
		}
	}
}
