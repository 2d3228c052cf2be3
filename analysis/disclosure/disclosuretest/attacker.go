package disclosuretest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/pinezka/pinezka/analysis/disclosure"
	"github.com/pinezka/pinezka/civic"
)

// Count is a count that somebody may ask for: of a set of atoms.
type Count struct {
	Name  string
	Atoms []Atom
}

// Counts returns counts of d, each once: of units, areas, parents of resolution
// 8, parts and differences of these, in all periods; and what is left of a leaf
// without its last unit or month, or the other units or months.
func Counts(r *rand.Rand, d *District, leaves [][]disclosure.Leaf) (counts []Count) {
	seen := map[string]bool{}
	add := func(name string, set []Atom) {
		slices.SortFunc(set, compareAtoms)
		if key := fmt.Sprint(set); len(set) > 0 && !seen[key] {
			seen[key] = true
			counts = append(counts, Count{name, set})
		}
	}
	for _, p := range places(r, d) {
		for from := d.First; from <= d.Last; from++ {
			for to := from; to <= d.Last; to++ {
				for category := range Categories {
					add(fmt.Sprintf("%s, %s to %s, category %d", p.name, from, to, category), atoms(category, p.units, from, to))
				}
			}
		}
		both := append(atoms(0, p.units, d.First, d.Last), atoms(1, p.units, d.First, d.Last)...)
		add(p.name+", both categories", both)
	}
	for category := range leaves {
		for _, l := range leaves[category] {
			run := unitsIn(d.unitsOf(l.Area), l)
			name := fmt.Sprintf("leaf from %s to %s, %s to %s, category %d", l.First, l.Last, l.From, l.To, category)
			add(name+", last unit", atoms(category, run[len(run)-1:], l.From, l.To))
			add(name+", without the last unit", atoms(category, run[:len(run)-1], l.From, l.To))
			add(name+", last month", atoms(category, run, l.To, l.To))
			add(name+", without the last month", atoms(category, run, l.From, l.To-1))
			add(name+", without its last atom", slices.DeleteFunc(atoms(category, run, l.From, l.To), func(a Atom) bool {
				return a.Unit == run[len(run)-1] && a.Month == l.To
			}))
		}
	}
	return counts
}

func compareAtoms(a, b Atom) int {
	switch {
	case a.Category != b.Category:
		return a.Category - b.Category
	case a.Unit != b.Unit:
		return compareUnits(a.Unit, b.Unit)
	default:
		return int(a.Month - b.Month)
	}
}

type place struct {
	name  string
	units []disclosure.Unit
}

func places(r *rand.Rand, d *District) []place {
	all := []place{{"district", d.Units}}
	where := func(keep func(u disclosure.Unit) bool) []disclosure.Unit {
		return slices.DeleteFunc(slices.Clone(d.Units), func(u disclosure.Unit) bool { return !keep(u) })
	}
	for _, u := range d.Units {
		parent := u.Cell.Parent(8)
		all = append(all,
			place{"cell " + u.Cell.String(), []disclosure.Unit{u}},
			place{fmt.Sprintf("area %d", u.Area), d.unitsOf(u.Area)},
			place{"parent " + parent.String(), where(func(o disclosure.Unit) bool { return o.Cell.Parent(8) == parent })},
			place{fmt.Sprintf("parent %s less area %d", parent, u.Area), where(func(o disclosure.Unit) bool {
				return o.Cell.Parent(8) == parent && o.Area != u.Area
			})},
		)
	}
	for i := range 4 {
		all = append(all, place{fmt.Sprintf("drawn area %d", i), where(func(disclosure.Unit) bool { return r.IntN(3) == 0 })})
	}
	return all
}

// Success is a count about which an attacker learned too much.
type Success struct {
	Count     Count
	Measure   Measure
	Truth     int // voices
	Low, High int // what it may be
}

// Attack bounds all counts that fewer than K voices are in, of pins and of voices
// in turn, and returns those of which fewer than K values are possible. It
// returns the number of counts that it bounded, too.
func Attack(ctx context.Context, s Solver, d *District, k *Knowledge, counts []Count) (successes []Success, attacked int, err error) {
	truth := WorldOf(d)
	if first, found := truth.Contradiction(k); found {
		return nil, 0, fmt.Errorf("the attacker believes what is not true: %+v", first)
	}
	for _, count := range counts {
		voices := truth.Sum(Voices, count.Atoms)
		if voices >= d.Rule.K {
			continue
		}
		m := Measure(attacked % 2)
		value := truth.Sum(m, count.Atoms)
		high, err := s.Most(ctx, k, m, count.Atoms)
		if err != nil {
			return successes, attacked, fmt.Errorf("bound %s: %w", count.Name, err)
		}
		low := value
		if high-value+1 < d.Rule.K { // otherwise, the value and those above it are enough
			if low, err = s.Least(ctx, k, m, count.Atoms); err != nil {
				return successes, attacked, fmt.Errorf("bound %s: %w", count.Name, err)
			}
		}
		if value < low || value > high {
			return successes, attacked, fmt.Errorf("%s is %d, not %d to %d", count.Name, value, low, high)
		}
		attacked++
		if high-low+1 < d.Rule.K {
			successes = append(successes, Success{count, m, voices, low, high})
		}
	}
	return successes, attacked, nil
}

// KnowSuppressed returns what is known where each count of a unit in a month is
// published unless it has fewer than K voices, beside the totals of areas.
func KnowSuppressed(d *District) *Knowledge {
	k, truth := &Knowledge{}, WorldOf(d)
	for category := range Categories {
		k.Atoms = append(k.Atoms, atoms(category, d.Units, d.First, d.Last)...)
		for m := d.First; m <= d.Last; m++ {
			for _, area := range d.areas() {
				k.addExact(truth, atoms(category, d.unitsOf(area), m, m))
			}
			for _, u := range d.Units {
				atom := []Atom{{category, u, m}}
				if truth.Sum(Voices, atom) >= d.Rule.K {
					k.addExact(truth, atom)
				} else {
					k.Bounds = append(k.Bounds, Bound{Voices, atom, 0, d.Rule.K - 1})
				}
			}
		}
	}
	return k
}

// KnowRepeated returns what is known where all months so far are released anew
// at the end of each month, as if nothing had been released before.
func KnowRepeated(d *District) *Knowledge {
	k := &Knowledge{}
	for category := range Categories {
		k.Atoms = append(k.Atoms, atoms(category, d.Units, d.First, d.Last)...)
		open := map[int32]civic.Month{}
		for _, area := range d.areas() {
			open[area] = d.First
		}
		for m := d.First; m <= d.Last; m++ {
			leaves := disclosure.Close(d.Rule, d.Units, open, d.Of(category), m)
			for _, area := range d.areas() {
				of := slices.DeleteFunc(slices.Clone(leaves), func(l disclosure.Leaf) bool { return l.Area != area })
				k.addRelease(d.Rule, category, d.unitsOf(area), of)
			}
		}
	}
	return k
}

// KnowWaiting returns what is known where it is told, too, of each pool that
// waits whether it has K voices.
func KnowWaiting(d *District, leaves [][]disclosure.Leaf) *Knowledge {
	k, truth := Know(d, leaves), WorldOf(d)
	for i, b := range k.Bounds {
		switch {
		case b.Max != d.Rule.Target-1 || d.Rule.Target == d.Rule.K: // not a pool that waits
		case truth.Sum(Voices, b.Atoms) >= d.Rule.K:
			k.Bounds[i].Min = d.Rule.K
		default:
			k.Bounds[i].Max = d.Rule.K - 1
		}
	}
	return k
}

// addExact adds that the counts of a set of atoms are known.
func (k *Knowledge) addExact(truth World, set []Atom) {
	pins, voices := truth.Sum(Pins, set), truth.Sum(Voices, set)
	k.Bounds = append(k.Bounds, Bound{Pins, set, pins, pins}, Bound{Voices, set, voices, voices})
}
