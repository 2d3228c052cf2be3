package disclosure_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/analysis/disclosure"
	"github.com/pinezka/pinezka/analysis/disclosure/disclosuretest"
	"github.com/pinezka/pinezka/civic"
)

// atom is a unit in a month.
type atom struct {
	unit  disclosure.Unit
	month civic.Month
}

func (a atom) in(l disclosure.Leaf) bool {
	return a.unit.Area == l.Area && a.unit.Cell >= l.First && a.unit.Cell <= l.Last && a.month >= l.From && a.month <= l.To
}

// TestKCountsArePossible does what the proof in the comment of the package says,
// with contributors who report in many places and months: for random sets of
// atoms that cut a leaf or a pool that waits, it moves reports such that the set
// has K different numbers of voices and of pins, and releases them. Each time,
// the very same leaves must be released as before.
func TestKCountsArePossible(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 14))
	sets := 0
	for range 500 {
		d := disclosuretest.Random(r, true)
		reports := d.Of(0)
		leaves := disclosuretest.Release(d.Rule, d.Units, reports, d.First, d.Last)
		for range 8 {
			set := randomSet(r, d)
			w, cuts := newWorlds(set, d, reports, leaves)
			if !cuts {
				continue
			}
			sets++
			pins, voices := map[int]bool{}, map[int]bool{}
			for v := range d.Rule.K {
				world := w.with(v)
				if diff := cmp.Diff(leaves, disclosuretest.Release(d.Rule, d.Units, world, d.First, d.Last)); diff != "" {
					t.Fatalf("with %d voices moved, something else is released:\n%s", v, diff)
				}
				in := slices.DeleteFunc(world, func(r disclosure.Report) bool { return !set[atom{r.Unit, r.Month}] })
				pins[len(in)], voices[countVoices(in)] = true, true
			}
			if len(pins) < d.Rule.K || len(voices) < d.Rule.K && !w.contains {
				t.Fatalf("K = %d, but only the pins %v and voices %v are possible in %v", d.Rule.K, pins, voices, set)
			}
		}
	}
	t.Logf("checked %d sets", sets)
	if sets < 2000 {
		t.Errorf("only %d sets cut something", sets)
	}
}

// randomSet returns a set of atoms of d: one, those of some units and months, or
// any.
func randomSet(r *rand.Rand, d *disclosuretest.District) map[atom]bool {
	set := map[atom]bool{}
	units := slices.DeleteFunc(slices.Clone(d.Units), func(disclosure.Unit) bool { return r.IntN(2) == 0 })
	shape := r.IntN(3)
	for _, u := range d.Units {
		for m := d.First; m <= d.Last; m++ {
			if shape == 0 && r.IntN(2) == 0 || shape == 1 && slices.Contains(units, u) && (m-d.First)%2 == 0 {
				set[atom{u, m}] = true
			}
		}
	}
	if shape == 2 {
		set[atom{d.Units[r.IntN(len(d.Units))], d.First + civic.Month(r.IntN(int(d.Last-d.First)+1))}] = true
	}
	return set
}

// worlds are what may have been reported.
type worlds struct {
	reports  []disclosure.Report // that are released, all in the free atoms of their leaves
	moves    map[int64]atom      // where to the pins of a voice that moves
	voices   []uint64            // in the order in which they move
	waiting  atom                // where new voices wait, instead
	contains bool                // whether the set contains a leaf, and so has K voices
}

// newWorlds returns worlds in which a set has different counts. cuts reports
// whether the set cuts a leaf, or has an atom that is not released.
func newWorlds(set map[atom]bool, d *disclosuretest.District, reports []disclosure.Report, leaves []disclosure.Leaf) (w worlds, cuts bool) {
	w.moves = map[int64]atom{}
	type cut struct {
		f, g    atom
		reports []disclosure.Report
	}
	var from, to *cut // cut leaves from which, or one to which, voices move
	for i, l := range leaves {
		last := i+1 == len(leaves) || leaves[i+1].Area != l.Area || leaves[i+1].To != l.To
		in, out := divide(set, d, l)
		c := cut{f: atom{disclosure.Unit{Area: l.Area, Cell: l.Last}, l.To}}
		isCut := len(in) > 0 && len(out) > 0
		if isCut {
			c.f, c.g = freeAtom(set, in, out, l, last)
		}
		for _, r := range reports {
			if slices.Contains(l.Reports, r.Pin) {
				r.Unit, r.Month = c.f.unit, c.f.month
				c.reports = append(c.reports, r)
			}
		}
		w.reports = append(w.reports, c.reports...)
		switch {
		case isCut && set[c.f]: // all such leaves
			from = &c
			for _, r := range c.reports {
				w.moves[r.Pin] = c.g
				w.voices = append(w.voices, r.Voice)
			}
		case isCut:
			to = &c
		case len(in) > 0:
			w.contains = true
		}
	}
	if from == nil && to != nil {
		for _, r := range to.reports {
			w.moves[r.Pin] = to.g
			w.voices = append(w.voices, r.Voice)
		}
	}
	slices.Sort(w.voices)
	w.voices = slices.Compact(w.voices)
	if from != nil || to != nil {
		return w, true
	}
	for a := range set {
		if !slices.ContainsFunc(leaves, a.in) {
			w.waiting = a
			return w, true
		}
	}
	return w, false
}

// with returns the world in which v voices have moved.
func (w *worlds) with(v int) []disclosure.Report {
	world := slices.Clone(w.reports)
	if w.waiting != (atom{}) {
		for i := range v {
			world = append(world, disclosure.Report{Pin: int64(1000 + i), Unit: w.waiting.unit, Month: w.waiting.month, Voice: uint64(1000 + i)})
		}
		return world
	}
	for i, r := range world {
		if g, moves := w.moves[r.Pin]; moves && slices.Contains(w.voices[:v], r.Voice) {
			world[i].Unit, world[i].Month = g.unit, g.month
		}
	}
	return world
}

// divide returns the atoms of a leaf that are in the set, and the others.
func divide(set map[atom]bool, d *disclosuretest.District, l disclosure.Leaf) (in, out []atom) {
	for _, u := range d.Units {
		for m := l.From; m <= l.To; m++ {
			switch a := (atom{u, m}); {
			case !a.in(l):
			case set[a]:
				in = append(in, a)
			default:
				out = append(out, a)
			}
		}
	}
	return in, out
}

// freeAtom returns the free atom of a leaf that the set cuts, and an atom on the
// other side.
func freeAtom(set map[atom]bool, in, out []atom, l disclosure.Leaf, last bool) (f, g atom) {
	f = atom{disclosure.Unit{Area: l.Area, Cell: l.Last}, l.To}
	if last {
		f = atom{in[0].unit, l.To} // if no unit is divided
		for _, a := range in {
			if slices.ContainsFunc(out, func(b atom) bool { return b.unit == a.unit }) {
				f = atom{a.unit, l.To}
			}
		}
	}
	other := in
	if set[f] {
		other = out
	}
	g = other[0]
	for _, a := range other {
		if a.unit == f.unit {
			return f, a
		}
		if a.month == l.To {
			g = a
		}
	}
	return f, g
}

func countVoices(reports []disclosure.Report) int {
	voices := map[uint64]bool{}
	for _, r := range reports {
		voices[r.Voice] = true
	}
	return len(voices)
}
