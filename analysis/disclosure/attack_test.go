package disclosure_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/pinezka/pinezka/analysis/disclosure"
	"github.com/pinezka/pinezka/analysis/disclosure/disclosuretest"
)

// attackedDistricts is the number of districts of TestAttack, unless
// ATTACK_DISTRICTS is set.
const attackedDistricts = 4

// TestAttack attacks random districts with an integer program for each count
// that fewer than K voices are in: fewer than K possible values are a success of
// the attacker, and a failure of the test.
func TestAttack(t *testing.T) {
	n := attackedDistricts
	if value := os.Getenv("ATTACK_DISTRICTS"); value != "" {
		var err error
		if n, err = strconv.Atoi(value); err != nil {
			t.Fatal(err)
		}
	}
	var counts, leaves atomic.Int64
	attackAll(t, n, func(r *rand.Rand, s disclosuretest.Solver) error {
		d := disclosuretest.Random(r, false)
		released := releaseAll(d)
		successes, attacked, err := disclosuretest.Attack(t.Context(), s, d, disclosuretest.Know(d, released), disclosuretest.Counts(r, d, released))
		for _, success := range successes {
			t.Errorf("K = %d, %d voices in %s: measure %d is %d to %d", d.Rule.K, success.Truth, success.Count.Name, success.Measure, success.Low, success.High)
		}
		counts.Add(int64(attacked))
		for _, l := range released {
			leaves.Add(int64(len(l)))
		}
		return err
	})
	t.Logf("bounded %d counts of %d districts with %d leaves", counts.Load(), n, leaves.Load())
	if leaves.Load() == 0 || counts.Load() == 0 {
		t.Error("nothing was attacked")
	}
}

// TestAttackSucceeds lets the same attacker attack what is known not to be safe.
func TestAttackSucceeds(t *testing.T) {
	for name, know := range map[string]func(*disclosuretest.District) *disclosuretest.Knowledge{
		"suppressed cells, and totals of areas": disclosuretest.KnowSuppressed,
		"all months released anew each month":   disclosuretest.KnowRepeated,
	} {
		t.Run(name, func(t *testing.T) {
			const n = 20
			var open atomic.Bool
			attackAll(t, n, func(r *rand.Rand, s disclosuretest.Solver) error {
				d := disclosuretest.Random(r, false)
				k := know(d)
				for _, count := range disclosuretest.Counts(r, d, releaseAll(d)) {
					if open.Load() {
						return nil
					}
					successes, _, err := disclosuretest.Attack(t.Context(), s, d, k, []disclosuretest.Count{count})
					if err != nil {
						return err
					}
					for _, success := range successes {
						t.Logf("K = %d, %d voices in %s: %d to %d", d.Rule.K, success.Truth, success.Count.Name, success.Low, success.High)
						open.Store(true)
					}
				}
				return nil
			})
			if !open.Load() {
				t.Errorf("the attacker found nothing in %d districts", n)
			}
		})
	}
}

// TestPoolsThatWait attacks a district in which two people reported in May, and
// nobody in June. If it were told in May that there are enough, the release at
// the end of June, of two, would disclose the zero.
func TestPoolsThatWait(t *testing.T) {
	may := month(2026, time.May)
	units := unitsOf(1, 3)
	d := &disclosuretest.District{
		Rule: disclosure.Rule{K: 2, Target: 6}, Units: units, First: may, Last: may + 1,
		Reports: []disclosure.Report{{Pin: 1, Unit: units[0], Month: may, Voice: 1}, {Pin: 2, Unit: units[1], Month: may, Voice: 2}},
	}
	released := releaseAll(d)
	var june disclosuretest.Count
	for _, u := range units {
		june.Atoms = append(june.Atoms, disclosuretest.Atom{Unit: u, Month: may + 1})
	}
	for _, test := range []struct {
		name string
		k    *disclosuretest.Knowledge
		want int
	}{
		{"nothing is told", disclosuretest.Know(d, released), 0},
		{"it is told that they are enough", disclosuretest.KnowWaiting(d, released), 1},
	} {
		successes, _, err := disclosuretest.Attack(t.Context(), disclosuretest.Solver{Folder: t.TempDir()}, d, test.k, []disclosuretest.Count{june})
		if err != nil {
			t.Fatal(err)
		}
		if len(successes) != test.want {
			t.Errorf("%s: %d successes, want %d: %+v", test.name, len(successes), test.want, successes)
		}
	}
}

// attackAll runs attack with n random sources, on all processors.
func attackAll(t *testing.T, n int, attack func(*rand.Rand, disclosuretest.Solver) error) {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for seed := range n {
		s := disclosuretest.Solver{Folder: t.TempDir()}
		group.Go(func() error {
			if err := attack(rand.New(rand.NewPCG(uint64(seed), 14)), s); err != nil {
				return fmt.Errorf("district %d: %w", seed, err)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
}

// releaseAll returns the leaves of each category.
func releaseAll(d *disclosuretest.District) [][]disclosure.Leaf {
	leaves := make([][]disclosure.Leaf, disclosuretest.Categories)
	for category := range leaves {
		leaves[category] = disclosuretest.Release(d.Rule, d.Units, d.Of(category), d.First, d.Last)
	}
	return leaves
}
