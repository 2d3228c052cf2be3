package disclosure_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"

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
			const n = 4
			var open atomic.Int64
			attackAll(t, n, func(r *rand.Rand, s disclosuretest.Solver) error {
				d := disclosuretest.Random(r, false)
				for _, count := range disclosuretest.Counts(r, d, releaseAll(d)) {
					successes, _, err := disclosuretest.Attack(t.Context(), s, d, know(d), []disclosuretest.Count{count})
					if err != nil {
						return err
					}
					if len(successes) > 0 {
						open.Add(1)
						return nil
					}
				}
				return nil
			})
			if open.Load() == 0 {
				t.Errorf("the attacker found nothing in %d districts", n)
			}
			t.Logf("found something in %d of %d districts", open.Load(), n)
		})
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
