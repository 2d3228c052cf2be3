// Package disclosuretest attacks what package disclosure releases, and measures
// how much of the truth is left. It is for tests only.
//
// The attacker knows the rule, the units and every leaf that was ever released, or
// where leaves are and numbers that were read somewhere (KnowFacts). Knowledge
// states that as linear constraints on the unknown counts, Attack has the solver
// glpsol find the smallest and the largest value of a count that nobody may learn,
// and Counts lists such counts of a small District.
package disclosuretest

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/paulmach/orb"
	"github.com/uber/h3-go/v4"

	"github.com/pinezka/pinezka/analysis/disclosure"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// District is a district with what was reported in it.
type District struct {
	Rule        disclosure.Rule
	Units       []disclosure.Unit   // by area and cell
	First, Last civic.Month         // all of them have ended
	Reports     []disclosure.Report // of all categories
	Category    map[int64]int       // of each pin: 0 or 1
}

// Categories is the number of categories of a District.
const Categories = 2

// Random returns a random district of 12 cells in two parents of resolution 8,
// two areas whose border is not that of the parents, and 3 months. Most
// contributors send one pin, and some send several. If roaming, these are in
// different places and months; otherwise in the same.
func Random(r *rand.Rand, roaming bool) *District {
	first := civic.Month(12*56 + r.IntN(12))
	d := &District{
		Rule:     disclosure.Rule{K: 2 + r.IntN(4)},
		Units:    randomUnits(r),
		First:    first,
		Last:     first + 2,
		Category: map[int64]int{},
	}
	d.Rule.Target = d.Rule.K * (1 + r.IntN(4))
	for category := range Categories {
		d.addReports(r, category, roaming)
	}
	return d
}

func randomUnits(r *rand.Rand) []disclosure.Unit {
	cell, err := geo.CellAt(orb.Point{19.9 + r.Float64()/10, 50 + r.Float64()/20})
	if err != nil {
		panic(err)
	}
	neighbours, err := h3.Cell(cell.Parent(8)).GridDisk(1)
	if err != nil {
		panic(err)
	}
	var units []disclosure.Unit
	for _, parent := range neighbours[:2] {
		children, err := parent.Children(9)
		if err != nil {
			panic(err)
		}
		for _, c := range children[:6] {
			units = append(units, disclosure.Unit{Area: int32(r.IntN(2)), Cell: geo.Cell(c)})
		}
	}
	slices.SortFunc(units, compareUnits)
	return units
}

func compareUnits(a, b disclosure.Unit) int {
	if a.Area != b.Area {
		return int(a.Area - b.Area)
	}
	return int(int64(a.Cell) - int64(b.Cell))
}

// addReports adds up to sixteen times K reports of a category. Two units have more
// than the others.
func (d *District) addReports(r *rand.Rand, category int, roaming bool) {
	popular := []disclosure.Unit{d.unit(r), d.unit(r)}
	var own []disclosure.Report
	for range r.IntN(16 * d.Rule.K) {
		report := disclosure.Report{
			Pin:   int64(len(d.Reports) + 1),
			Unit:  d.unit(r),
			Month: d.First + civic.Month(r.IntN(d.months())),
			Voice: uint64(len(d.Reports) + 1),
		}
		if r.IntN(2) == 0 {
			report.Unit = popular[r.IntN(len(popular))]
		}
		if len(own) > 0 && r.IntN(5) == 0 {
			again := own[r.IntN(len(own))]
			report.Voice = again.Voice
			if !roaming {
				report.Unit, report.Month = again.Unit, again.Month
			}
		}
		own = append(own, report)
		d.Reports = append(d.Reports, report)
		d.Category[report.Pin] = category
	}
}

func (d *District) unit(r *rand.Rand) disclosure.Unit { return d.Units[r.IntN(len(d.Units))] }

func (d *District) months() int { return int(d.Last-d.First) + 1 }

// Of returns the reports of a category.
func (d *District) Of(category int) []disclosure.Report {
	return slices.DeleteFunc(slices.Clone(d.Reports), func(r disclosure.Report) bool { return d.Category[r.Pin] != category })
}

// Release returns all leaves of one category, month by month.
func Release(rule disclosure.Rule, units []disclosure.Unit, reports []disclosure.Report, first, last civic.Month) []disclosure.Leaf {
	open := map[int32]civic.Month{}
	for _, u := range units {
		open[u.Area] = first
	}
	released := map[int64]bool{}
	waiting := slices.Clone(reports)
	var leaves []disclosure.Leaf
	for m := first; m <= last; m++ {
		closed := disclosure.Close(rule, units, open, waiting, m)
		for _, leaf := range closed {
			open[leaf.Area] = m + 1
			for _, pin := range leaf.Reports {
				released[pin] = true
			}
		}
		waiting = slices.DeleteFunc(waiting, func(r disclosure.Report) bool { return released[r.Pin] })
		leaves = append(leaves, closed...)
	}
	return leaves
}

// Atom is the smallest count: of one category, unit and month.
type Atom struct {
	Category int
	Unit     disclosure.Unit
	Month    civic.Month
}

// String returns the atom in a short form.
func (a Atom) String() string {
	return fmt.Sprintf("category %d area %d cell %s %s", a.Category, a.Unit.Area, a.Unit.Cell, a.Month)
}

// unitsOf returns the units of an area, in the order of cells.
func (d *District) unitsOf(area int32) []disclosure.Unit {
	return slices.DeleteFunc(slices.Clone(d.Units), func(u disclosure.Unit) bool { return u.Area != area })
}

// areas returns the areas that have units.
func (d *District) areas() (areas []int32) {
	for _, u := range d.Units {
		areas = append(areas, u.Area)
	}
	return slices.Compact(areas)
}

// atoms returns the atoms of units in the months from first to last.
func atoms(category int, units []disclosure.Unit, first, last civic.Month) (all []Atom) {
	for _, u := range units {
		for m := first; m <= last; m++ {
			all = append(all, Atom{category, u, m})
		}
	}
	return all
}
