package hotspots

import (
	"fmt"
	"slices"

	"github.com/pinezka/pinezka/geo"
)

// Grid is the complete set of cells of one resolution on which a statistic is
// computed, with their neighbours: the cells of the grid at grid distance 1. At
// the edge they have the true, smaller number. A Grid is immutable, and takes a
// few milliseconds to create, so callers keep it.
type Grid struct {
	cells      []geo.Cell
	start      []int32 // the neighbours of cell i are neighbours[start[i]:start[i+1]]
	neighbours []int32 // as positions in cells
}

// maxCells is the greatest number of cells of a grid.
const maxCells = 1 << 20

// NewGrid returns the grid of cells, which are distinct and of one resolution,
// in any order. It returns an error when they are not, or are too many.
func NewGrid(cells []geo.Cell) (*Grid, error) {
	if len(cells) > maxCells {
		return nil, fmt.Errorf("a grid of %d cells: at most %d are possible", len(cells), maxCells)
	}
	cells = slices.Clone(cells)
	slices.Sort(cells)
	lists := make([][]int32, len(cells))
	for i, c := range cells {
		if c.Resolution() != cells[0].Resolution() {
			return nil, fmt.Errorf("cells %s and %s have different resolutions", cells[0], c)
		}
		if i > 0 && c == cells[i-1] {
			return nil, fmt.Errorf("cell %s is there twice", c)
		}
		around, err := c.Neighbours()
		if err != nil {
			return nil, err
		}
		slices.Sort(around)
		for _, n := range around {
			if at, in := slices.BinarySearch(cells, n); in {
				lists[i] = append(lists[i], int32(at))
			}
		}
	}
	return gridOf(cells, lists), nil
}

// gridOf returns the grid of cells with a list of the neighbours of each, as
// positions in cells, without the cell itself.
func gridOf(cells []geo.Cell, lists [][]int32) *Grid {
	g := &Grid{cells: cells, start: make([]int32, 1, len(cells)+1)}
	for _, list := range lists {
		g.neighbours = append(g.neighbours, list...)
		g.start = append(g.start, int32(len(g.neighbours)))
	}
	return g
}

// Cells returns the cells in ascending order. The caller must not change them.
func (g *Grid) Cells() []geo.Cell { return g.cells }

// around returns the positions of the neighbours of cell i.
func (g *Grid) around(i int) []int32 { return g.neighbours[g.start[i]:g.start[i+1]] }

// sumAround returns the sum of the values of the neighbours of cell i.
func (g *Grid) sumAround(i int, values []float64) float64 {
	sum := 0.0
	for _, n := range g.around(i) {
		sum += values[n]
	}
	return sum
}
