package disclosuretest

import (
	"slices"

	"github.com/pinezka/pinezka/analysis/disclosure"
	"github.com/pinezka/pinezka/civic"
)

// Measure is what is counted.
type Measure uint8

// The measures.
const (
	Pins Measure = iota
	Voices
)

// none is the upper bound of a sum of which none is known.
const none = -1

// Bound says that a sum over atoms is at least Min and at most Max.
type Bound struct {
	Measure  Measure
	Atoms    []Atom
	Min, Max int // Max -1: no bound
}

// Knowledge is what somebody knows who has read everything that was published.
// It is exact if nobody reports in more than one atom.
type Knowledge struct {
	Atoms  []Atom
	Bounds []Bound
	Either []Either
	Shown  []ShownLeaf // of which Facts are known
	Facts  []Fact
}

// Either says that at least one of two upper bounds holds, of sums that are at
// most Most.
type Either struct {
	A, B Bound
	Most int
}

// Know returns what follows from the leaves that were released of each category
// by the end of the month d.Last, and from the rule.
func Know(d *District, leaves [][]disclosure.Leaf) *Knowledge {
	k := &Knowledge{}
	for category := range leaves {
		k.Atoms = append(k.Atoms, atoms(category, d.Units, d.First, d.Last)...)
		for _, area := range d.areas() {
			units := d.unitsOf(area)
			open := d.First
			rest := slices.DeleteFunc(slices.Clone(leaves[category]), func(l disclosure.Leaf) bool { return l.Area != area })
			for len(rest) > 0 {
				n := slices.IndexFunc(rest, func(l disclosure.Leaf) bool { return l.To != rest[0].To })
				if n < 0 {
					n = len(rest)
				}
				k.addRelease(d.Rule, category, units, rest[:n])
				k.addWaiting(d.Rule, category, units, open, rest[0].To-1)
				open, rest = rest[0].To+1, rest[n:]
			}
			k.addWaiting(d.Rule, category, units, open, d.Last)
		}
	}
	return k
}

// addWaiting adds that the pool of an area that is open since a month waited at
// the end of each month from then to last.
func (k *Knowledge) addWaiting(rule disclosure.Rule, category int, units []disclosure.Unit, open, last civic.Month) {
	for m := open; m <= last; m++ {
		most := rule.Target - 1
		if m.Last().Time().Month()%6 == 0 { // June, December
			most = rule.K - 1
		}
		k.Bounds = append(k.Bounds, Bound{Voices, atoms(category, units, open, m), 0, most})
	}
}

// addRelease adds the leaves of one release of an area, and why each of them
// did not end earlier.
func (k *Knowledge) addRelease(rule disclosure.Rule, category int, units []disclosure.Unit, leaves []disclosure.Leaf) {
	for i, leaf := range leaves {
		run := unitsIn(units, leaf)
		whole := atoms(category, run, leaf.From, leaf.To)
		k.Bounds = append(k.Bounds, Bound{Pins, whole, leaf.Pins, leaf.Pins}, Bound{Voices, whole, leaf.Voices, leaf.Voices})
		for border := 1; border < len(run); border++ {
			before := Bound{Voices, atoms(category, run[:border], leaf.From, leaf.To), 0, rule.K - 1}
			after := Bound{Voices, atoms(category, run[border:], leaf.From, leaf.To), 0, rule.K - 1}
			if i+1 < len(leaves) {
				k.Bounds = append(k.Bounds, before)
			} else {
				k.Either = append(k.Either, Either{before, after, leaf.Voices})
			}
		}
	}
}

func unitsIn(units []disclosure.Unit, leaf disclosure.Leaf) []disclosure.Unit {
	return slices.DeleteFunc(slices.Clone(units), func(u disclosure.Unit) bool { return u.Cell < leaf.First || u.Cell > leaf.Last })
}

// World is a number of pins and of voices for each atom: what may have been
// reported.
type World map[Atom][2]int // by Measure

// WorldOf returns what was reported in d.
func WorldOf(d *District) World {
	w, seen := World{}, map[uint64]bool{}
	for _, r := range d.Reports {
		a := Atom{d.Category[r.Pin], r.Unit, r.Month}
		n := w[a]
		n[Pins]++
		if !seen[r.Voice] {
			n[Voices]++
		}
		seen[r.Voice] = true
		w[a] = n
	}
	return w
}

// Sum returns the sum over atoms.
func (w World) Sum(m Measure, atoms []Atom) (sum int) {
	for _, a := range atoms {
		sum += w[a][m]
	}
	return sum
}

// holds reports whether a bound is true in w.
func (w World) holds(b Bound) bool {
	sum := w.Sum(b.Measure, b.Atoms)
	return sum >= b.Min && (b.Max == none || sum <= b.Max)
}

// Contradiction returns the first thing in k that is not true in w.
func (w World) Contradiction(k *Knowledge) (first any, found bool) {
	for _, b := range k.Bounds {
		if !w.holds(b) {
			return b, true
		}
	}
	for _, e := range k.Either {
		if !w.holds(e.A) && !w.holds(e.B) {
			return e, true
		}
	}
	return nil, false
}
