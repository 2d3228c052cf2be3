package disclosuretest

import (
	"fmt"
	"slices"

	"github.com/pinezka/pinezka/analysis/disclosure"
)

// Fact says that the rows that a question selects have so many pins together.
type Fact struct {
	Rows []int
	Pins int
}

// ShownLeaf is a leaf of which is known where it is, and not how many pins it has.
// Each unit has a row, which shows the pins that disclosure.Spread gives it.
type ShownLeaf struct {
	Rows  []int  // of its units in order: numbers that no other leaf has
	Atoms []Atom // that it counts; none of a leaf of which nothing else is known
}

// KnowFacts returns what follows from the rule, from where the leaves of the first
// category are and how many voices they have, and from facts: instead of being told
// how many pins a leaf has, the attacker finds it out. Shown are these leaves, and any
// others that facts are of.
func KnowFacts(d *District, leaves []disclosure.Leaf, shown []ShownLeaf, facts []Fact) *Knowledge {
	k := Know(d, [][]disclosure.Leaf{leaves})
	k.Bounds = slices.DeleteFunc(k.Bounds, func(b Bound) bool { return b.Measure == Pins })
	k.Shown, k.Facts = shown, facts
	return k
}

// Extent returns the units of a leaf of the first category, in order, and its atoms.
func (d *District) Extent(l disclosure.Leaf) ([]disclosure.Unit, []Atom) {
	run := unitsIn(d.unitsOf(l.Area), l)
	return run, atoms(0, run, l.From, l.To)
}

// shown writes how the pins of leaves are spread, and the facts. The first q of L
// units show the whole number between qN/L - 1/2 and qN/L + 1/2 of N pins, the
// lower one of two.
func (p *lp) shown(k *Knowledge, inParts func(Atom) bool) {
	for _, l := range k.Shown {
		for q := 1; q < len(l.Rows); q++ {
			var terms string
			for i, row := range l.Rows {
				factor := -2 * q
				if i < q {
					factor += 2 * len(l.Rows)
				}
				terms += fmt.Sprintf(" %+d s%d\n", factor, row)
			}
			fmt.Fprintf(&p.text, "%s >= %d\n%s <= %d\n", terms, -len(l.Rows), terms, len(l.Rows)-1)
		}
		if len(l.Atoms) > 0 && inParts(l.Atoms[0]) {
			for _, row := range l.Rows {
				fmt.Fprintf(&p.text, " - s%d\n", row)
			}
			p.sum(Pins, l.Atoms)
			p.text.WriteString(" = 0\n")
		}
	}
	for _, f := range k.Facts {
		for _, row := range f.Rows {
			fmt.Fprintf(&p.text, " + s%d\n", row)
		}
		fmt.Fprintf(&p.text, " = %d\n", f.Pins)
	}
}
