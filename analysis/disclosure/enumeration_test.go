package disclosure_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/pinezka/pinezka/analysis/disclosure"
	"github.com/pinezka/pinezka/analysis/disclosure/disclosuretest"
	"github.com/pinezka/pinezka/civic"
)

// TestEnumeration enumerates, for districts of 8 or 9 atoms, everything that may
// have been reported, and keeps what releases the same leaves. Then every set of
// atoms that is not a union of leaves must have at least K different counts.
// Of some of them, the solver must find the same bounds: so what the attacker
// believes is exact, neither too much nor too little.
func TestEnumeration(t *testing.T) {
	const districts, solved = 40, 4
	r := rand.New(rand.NewPCG(3, 14))
	solver := disclosuretest.Solver{Folder: t.TempDir()}
	for n := 0; n < districts; {
		d := tinyDistrict(r)
		leaves := disclosuretest.Release(d.Rule, d.Units, d.Reports, d.First, d.Last)
		if len(leaves) == 0 || leaves[len(leaves)-1].To != d.Last {
			continue // the number of reports that wait has no bound
		}
		n++
		all := atomsOf(d)
		worlds := worldsOf(d, all, leaves)
		know := disclosuretest.Know(d, [][]disclosure.Leaf{leaves})
		for set := 1; set < 1<<len(all); set++ {
			values := map[int]bool{}
			for _, w := range worlds {
				values[sumOf(w, set)] = true
			}
			if !unionOfLeaves(all, set, leaves) && len(values) < d.Rule.K {
				t.Fatalf("K = %d, target %d, %s to %s: only the values %v are possible in the set %b of %v, after %+v", d.Rule.K, d.Rule.Target, d.First, d.Last, values, set, all, leaves)
			}
			if n <= solved && r.IntN(16) == 0 {
				checkBounds(t, solver, know, all, set, values)
			}
		}
	}
}

// tinyDistrict returns a district of one area with few units and months, and up
// to seven reports, each of a different contributor.
func tinyDistrict(r *rand.Rand) *disclosuretest.District {
	shape := [][2]int{{4, 2}, {3, 3}, {2, 4}, {8, 1}}[r.IntN(4)]
	d := &disclosuretest.District{
		Rule:  disclosure.Rule{K: 2 + r.IntN(2)},
		Units: unitsOf(1, shape[0]),
		First: civic.Month(12*56 + r.IntN(12)),
	}
	d.Rule.Target = d.Rule.K + r.IntN(3)
	d.Last = d.First + civic.Month(shape[1]) - 1
	for i := range d.Rule.K + r.IntN(8-d.Rule.K) {
		d.Reports = append(d.Reports, disclosure.Report{
			Pin:   int64(i),
			Unit:  d.Units[r.IntN(len(d.Units))],
			Month: d.First + civic.Month(r.IntN(shape[1])),
			Voice: uint64(i),
		})
	}
	return d
}

func atomsOf(d *disclosuretest.District) (all []atom) {
	for _, u := range d.Units {
		for m := d.First; m <= d.Last; m++ {
			all = append(all, atom{u, m})
		}
	}
	return all
}

// worldsOf returns, for each way to distribute the reports of d over atoms that
// releases the same numbers, the number of reports in each atom.
func worldsOf(d *disclosuretest.District, all []atom, leaves []disclosure.Leaf) (worlds [][]int) {
	want := published(leaves)
	counts := make([]int, len(all))
	reports := slices.Clone(d.Reports)
	var fill func(at, placed int)
	fill = func(at, placed int) {
		if at == len(all)-1 {
			counts[at] = len(reports) - placed
			i := 0
			for a, n := range counts {
				for range n {
					reports[i].Unit, reports[i].Month = all[a].unit, all[a].month
					i++
				}
			}
			if published(disclosuretest.Release(d.Rule, d.Units, reports, d.First, d.Last)) == want {
				worlds = append(worlds, slices.Clone(counts))
			}
			return
		}
		for n := 0; placed+n <= len(reports); n++ {
			counts[at] = n
			fill(at+1, placed+n)
		}
	}
	fill(0, 0)
	return worlds
}

// published returns what everybody may know of leaves.
func published(leaves []disclosure.Leaf) string {
	public := slices.Clone(leaves)
	for i := range public {
		public[i].Reports = nil
	}
	return fmt.Sprint(public)
}

// sumOf returns the sum of the counts whose bits are in the set.
func sumOf(counts []int, set int) (sum int) {
	for i, n := range counts {
		sum += n * (set >> i & 1)
	}
	return sum
}

func unionOfLeaves(all []atom, set int, leaves []disclosure.Leaf) bool {
	for _, l := range leaves {
		in, out := false, false
		for i, a := range all {
			if a.in(l) {
				in = in || set>>i&1 == 1
				out = out || set>>i&1 == 0
			}
		}
		if in && out {
			return false
		}
	}
	return true
}

func checkBounds(t *testing.T, solver disclosuretest.Solver, know *disclosuretest.Knowledge, all []atom, set int, values map[int]bool) {
	t.Helper()
	var atoms []disclosuretest.Atom
	for i, a := range all {
		if set>>i&1 == 1 {
			atoms = append(atoms, disclosuretest.Atom{Unit: a.unit, Month: a.month})
		}
	}
	low, err := solver.Least(t.Context(), know, disclosuretest.Voices, atoms)
	if err != nil {
		t.Fatal(err)
	}
	high, err := solver.Most(t.Context(), know, disclosuretest.Voices, atoms)
	if err != nil {
		t.Fatal(err)
	}
	for v := range values {
		if v < low || v > high {
			t.Errorf("%v is %d, but the solver finds %d to %d", atoms, v, low, high)
		}
	}
	if !values[low] || !values[high] {
		t.Errorf("%v is one of %v, but the solver finds %d to %d", atoms, values, low, high)
	}
}
