package civic

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
)

// Population is how many people live in a district. The zero value is unknown.
type Population struct {
	ByArea     map[string]int       // by slug; an area that is missing is unknown
	ByCell     map[geo.Cell]float64 // a grid, in which a cell that is missing has nobody; nil for none
	Resolution geo.Resolution       // of the cells of ByCell
	Total      int                  // of ByCell, or else of ByArea; 0 if unknown
	Date       Day                  // at which they were counted; 0 if unknown
	Source     string               // who counted them, such as "GUS, NSP 2021"; "" if unknown
}

// Known reports whether anything is known.
func (p *Population) Known() bool { return p.Total > 0 }

// Sum sets Total to the sum of the grid, or else of the areas.
func (p *Population) Sum() {
	sum := 0.0
	for _, n := range p.ByCell {
		sum += n
	}
	if p.ByCell == nil {
		for _, n := range p.ByArea {
			sum += float64(n)
		}
	}
	p.Total = int(math.Round(sum))
}

// AreasOfGrid returns the residents of each area by the grid: those of the cells
// whose centre is in it.
func (p *Population) AreasOfGrid(d *District) map[string]int {
	areas, sums := NewAcceptor(d, 0), map[int32]float64{}
	for c, n := range p.ByCell {
		sums[areas.AreaAt(c.Centre())] += n
	}
	byArea := map[string]int{}
	for _, a := range d.Areas {
		byArea[a.Slug] = int(math.Round(sums[a.ID]))
	}
	return byArea
}

// The residents of an area are spread over its cells of spreadResolution, or of
// the finest below with not more than maxSpreadCells, unless finer ones are asked
// for. Coarser cells have the sum of those within them.
const (
	spreadResolution geo.Resolution = 10
	maxSpreadCells   int            = 100_000
)

// In returns how many people live in each of the cells, which are of one
// resolution, and whether that is known no more exactly than by spreading
// residents evenly.
//
// With a grid, a coarser cell has the sum of the cells within it, and a finer one
// an equal part of the cell that contains it, which is spreading too. Without
// one, the residents of an area are spread evenly over the cells whose centre is
// in it; a cell in which no area with known residents has a part is NaN.
func (p *Population) In(d *District, cells []geo.Cell) (people []float64, spread bool, err error) {
	people = make([]float64, len(cells))
	if len(cells) == 0 {
		return people, false, nil
	}
	r := cells[0].Resolution()
	switch {
	case p.ByCell == nil:
		sums, err := p.spread(d, r)
		for i, c := range cells {
			people[i] = math.NaN()
			if n, ok := sums[c]; ok {
				people[i] = n
			}
		}
		return people, true, err
	case r > p.Resolution:
		parts := math.Pow(geo.Children, float64(r-p.Resolution))
		for i, c := range cells {
			people[i] = p.ByCell[c.Parent(p.Resolution)] / parts
		}
		return people, true, nil
	}
	sums := map[geo.Cell]float64{}
	for c, n := range p.ByCell {
		sums[c.Parent(r)] += n
	}
	for i, c := range cells {
		people[i] = sums[c]
	}
	return people, false, nil
}

// spread returns the residents of the areas by cell of resolution r.
func (p *Population) spread(d *District, r geo.Resolution) (map[geo.Cell]float64, error) {
	sums := map[geo.Cell]float64{}
	areas := NewAcceptor(d, 0)
	for _, a := range d.Areas {
		residents, ok := p.ByArea[a.Slug]
		if !ok {
			continue
		}
		cover, err := spreadCover(a.Boundary, r)
		if err != nil {
			return nil, fmt.Errorf("spread the residents of %s: %w", a.Slug, err)
		}
		inside := slices.DeleteFunc(slices.Clone(cover), func(c geo.Cell) bool { return areas.AreaAt(c.Centre()) != a.ID })
		if len(inside) == 0 { // smaller than a cell, or covered by others
			inside = cover
		}
		for _, c := range inside {
			sums[c.Parent(r)] += float64(residents) / float64(len(inside))
		}
	}
	return sums, nil
}

// spreadCover returns the cells over which to spread for cells of resolution r.
func spreadCover(shape orb.MultiPolygon, r geo.Resolution) (cover []geo.Cell, err error) {
	for finest := max(r, spreadResolution); finest >= r; finest-- {
		cover, err = geo.Cover(shape, finest, maxSpreadCells)
		if !errors.Is(err, geo.ErrTooManyCells) {
			break
		}
	}
	return cover, err
}
