// Package coverage returns where people live and nobody was heard.
//
// Silence is not absence of need: nobody may have been asked there, in a language
// or by a channel that they use. So a cell without pins is not shown as one where
// all is well, but as one of which nothing is known, and the more people live
// there, the more is missing.
//
//	people    few        many
//	pins 0    too few    silent      neighbouring silent cells
//	     1+   heard      heard       are one neighbourhood
package coverage

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/pinezka/pinezka/geo"
)

// Method is the method with its version, to be stated with what it returns.
const Method = "coverage-1"

// DefaultMinimum is how many people must live in a cell, unless something else is
// chosen, so that it can be silent: of fewer, silence says little, and a statement
// about them would be one about a few households.
const DefaultMinimum = 100

// clearSilence is the number of pins from which, if it is expected and none comes,
// that is less than chance explains: a Poisson distribution with this mean is 0
// with a probability of 5 % (Hanley and Lippman-Hand 1983, If nothing goes wrong,
// is everything all right?, JAMA 249, 1743–1745: the rule of three).
const clearSilence = 3

// Class says whether people in a cell were heard.
type Class uint8

// The classes.
const (
	Unknown      Class = iota // how many people live there is not known, and nobody was heard
	FewResidents              // fewer than the minimum live there, and nobody was heard
	Silent                    // at least the minimum live there, and nobody was heard
	Heard                     // somebody was, however many live there
)

// Cell is a cell with what is known of it.
type Cell struct {
	Cell     geo.Cell
	People   float64 // NaN if unknown
	Pins     int
	Expected float64 // pins at the rate of all cells together; NaN if unknown
	Class    Class
}

// Neighbourhood is a group of silent cells each of which is next to another one.
type Neighbourhood struct {
	Cells    []geo.Cell // in order
	People   float64
	Expected float64 // pins at the rate of all cells together
}

// Clear reports whether so many people live there that chance alone does not
// explain that none was heard: three pins or more would be expected. It is a
// statement about one place, not a test: among many quiet places, one is quiet by
// chance.
func (n Neighbourhood) Clear() bool { return n.Expected >= clearSilence }

// Result says where people were heard. The sums are those of the cells, and those
// of people add up to all whose number is known.
type Result struct {
	Cells          []Cell // in the order in which they were given
	Minimum        float64
	Pins           int
	People         float64 // known to live in the cells
	HeardPeople    float64 // where somebody was heard
	SilentPeople   float64 // in silent cells
	FewPeople      float64 // in cells with fewer than the minimum, and without pins
	UnknownCells   int     // of the class Unknown
	SilentCells    int
	Neighbourhoods []Neighbourhood // those with most people first
}

// Of returns the coverage of cells of one resolution, which are distinct, with how
// many people live in each, NaN if unknown, and how many pins each has. It returns
// an error where their lengths differ, or for something that is not a cell.
func Of(cells []geo.Cell, people []float64, pins []int, minimum float64) (Result, error) {
	if len(people) != len(cells) || len(pins) != len(cells) {
		return Result{}, errors.New("coverage: cells, people and pins have different lengths")
	}
	r := Result{Cells: make([]Cell, len(cells)), Minimum: minimum}
	var pinsOfKnown int
	for i, n := range people {
		r.Pins += pins[i]
		if !math.IsNaN(n) {
			r.People += n
			pinsOfKnown += pins[i]
		}
	}
	perPerson := 0.0
	if r.People > 0 {
		perPerson = float64(pinsOfKnown) / r.People
	}
	for i, cell := range cells {
		c := Cell{Cell: cell, People: people[i], Pins: pins[i], Expected: people[i] * perPerson}
		known := !math.IsNaN(c.People)
		switch {
		case c.Pins > 0:
			c.Class = Heard
			if known {
				r.HeardPeople += c.People
			}
		case !known:
			c.Class = Unknown
			r.UnknownCells++
		case c.People < minimum || c.People == 0:
			c.Class = FewResidents
			r.FewPeople += c.People
		default:
			c.Class = Silent
			r.SilentPeople += c.People
			r.SilentCells++
		}
		r.Cells[i] = c
	}
	var err error
	r.Neighbourhoods, err = neighbourhoods(r.Cells)
	return r, err
}

// neighbourhoods groups the silent cells.
func neighbourhoods(cells []Cell) ([]Neighbourhood, error) {
	left := map[geo.Cell]Cell{} // the silent cells that are in no group yet
	for _, c := range cells {
		if c.Class == Silent {
			left[c.Cell] = c
		}
	}
	var groups []Neighbourhood
	for _, c := range cells {
		if _, ok := left[c.Cell]; !ok {
			continue
		}
		delete(left, c.Cell)
		var group Neighbourhood
		for reached := []Cell{c}; len(reached) > 0; {
			c := reached[len(reached)-1]
			reached = reached[:len(reached)-1]
			group.Cells = append(group.Cells, c.Cell)
			group.People += c.People
			group.Expected += c.Expected
			neighbours, err := c.Cell.Neighbours()
			if err != nil {
				return nil, fmt.Errorf("group silent cells: %w", err)
			}
			for _, n := range neighbours {
				if next, ok := left[n]; ok {
					delete(left, n)
					reached = append(reached, next)
				}
			}
		}
		slices.Sort(group.Cells)
		groups = append(groups, group)
	}
	slices.SortStableFunc(groups, func(a, b Neighbourhood) int {
		return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(a.Cells[0], b.Cells[0]))
	})
	return groups, nil
}
