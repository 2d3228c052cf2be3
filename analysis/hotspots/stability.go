package hotspots

import (
	"math"
	"slices"

	"github.com/pinezka/pinezka/geo"
)

// Variants are further computations of the same question, with which a result
// is compared. What is left out is not compared.
type Variants struct {
	Coarser      *Result  // one resolution coarser
	Finer        *Result  // one resolution finer
	WithoutMonth []Result // on the same grid, each with another month left out
}

// Stability says whether the significant cells of a result, hot and cold, are
// so in other computations of the same question.
type Stability struct {
	// Coarser checks that the parent of the cell is significant in the same
	// direction. A cell whose parent is not in the coarser grid is not checked.
	Coarser Check
	// Finer checks that at least one child of the cell is. A cell that has no
	// child in the finer grid is not checked.
	Finer Check
	// WithoutMonth checks that the cell itself is, whichever month is left out.
	WithoutMonth Check
	// Permutation checks that the permutation p is as small as p has to be, or
	// as small as with so many permutations it can be, and that the neighbours
	// alone deviate in the same direction: a cell can be hot only because of
	// its own value.
	Permutation Check
}

// Check is one comparison. The zero value is one that was not made.
type Check struct {
	Made    bool
	Checked int        // significant cells that were compared
	Lost    []geo.Cell // those of them that are not confirmed, in ascending order
}

// Confirms reports whether the comparison was made and c is not among the cells
// that it lost. c is a significant cell.
func (k Check) Confirms(c geo.Cell) bool {
	_, lost := slices.BinarySearch(k.Lost, c)
	return k.Made && !lost
}

// StabilityOf compares r with its variants, and its p with the permutation p if
// r has one.
func StabilityOf(r Result, v Variants) Stability {
	var s Stability
	if v.Coarser != nil {
		s.Coarser = r.check(inParent(*v.Coarser))
	}
	if v.Finer != nil {
		s.Finer = r.check(inChildren(*v.Finer, r.resolution()))
	}
	if len(v.WithoutMonth) > 0 {
		s.WithoutMonth = r.check(inAll(v.WithoutMonth))
	}
	if r.Permutations > 0 {
		s.Permutation = r.check(r.permuted())
	}
	return s
}

// verdict says of a cell whether another computation confirms it, and whether
// that computation says anything about it.
type verdict func(Cell) (confirmed, known bool)

// check returns the comparison of the significant cells of r.
func (r Result) check(v verdict) Check {
	k := Check{Made: true}
	for _, c := range r.Cells {
		if c.Class.direction() == 0 {
			continue
		}
		confirmed, known := v(c)
		if known {
			k.Checked++
		}
		if known && !confirmed {
			k.Lost = append(k.Lost, c.Cell)
		}
	}
	return k
}

// resolution returns the resolution of the grid.
func (r Result) resolution() geo.Resolution {
	if len(r.Cells) == 0 {
		return 0
	}
	return r.Cells[0].Cell.Resolution()
}

// classes returns the class of each cell.
func (r Result) classes() map[geo.Cell]Class {
	classes := make(map[geo.Cell]Class, len(r.Cells))
	for _, c := range r.Cells {
		classes[c.Cell] = c.Class
	}
	return classes
}

func inParent(coarser Result) verdict {
	classes, resolution := coarser.classes(), coarser.resolution()
	return func(c Cell) (confirmed, known bool) {
		class, known := classes[c.Cell.Parent(resolution)]
		return class.direction() == c.Class.direction(), known
	}
}

func inChildren(finer Result, resolution geo.Resolution) verdict {
	type directions struct{ hot, cold bool }
	found := map[geo.Cell]directions{}
	for _, c := range finer.Cells {
		parent := c.Cell.Parent(resolution)
		d := found[parent]
		d.hot = d.hot || c.Class.direction() > 0
		d.cold = d.cold || c.Class.direction() < 0
		found[parent] = d
	}
	return func(c Cell) (confirmed, known bool) {
		d, known := found[c.Cell]
		if c.Class.direction() > 0 {
			return d.hot, known
		}
		return d.cold, known
	}
}

func inAll(results []Result) verdict {
	all := make([]map[geo.Cell]Class, len(results))
	for i, r := range results {
		all[i] = r.classes()
	}
	return func(c Cell) (confirmed, known bool) {
		for _, classes := range all {
			if classes[c.Cell].direction() != c.Class.direction() {
				return false, true
			}
		}
		return true, true
	}
}

// permuted compares the permutation p with the greatest p that is
// significant after the correction.
func (r Result) permuted() verdict {
	greatest := 2 / float64(r.Permutations+1)
	for _, c := range r.Cells {
		if c.Q <= Significant {
			greatest = max(greatest, c.P)
		}
	}
	return func(c Cell) (confirmed, known bool) {
		if math.IsNaN(c.PermutationP) {
			return false, false
		}
		around := c.Sum - c.Value - float64(c.Neighbours)*(r.Total-c.Value)/float64(len(r.Cells)-1)
		return c.PermutationP <= greatest && around*float64(c.Class.direction()) > 0, true
	}
}
