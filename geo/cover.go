package geo

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"github.com/uber/h3-go/v4"
)

// ErrTooManyCells reports that a cover would exceed the limit of the caller.
var ErrTooManyCells = errors.New("too many cells; ask for a coarser resolution")

// Cover returns the cells of resolution r that overlap mp in at least a point,
// in ascending order. It returns ErrTooManyCells when there are more than
// limit; it estimates their number first, so that a large polygon fails at
// once.
func Cover(mp orb.MultiPolygon, r Resolution, limit int) ([]Cell, error) {
	estimate := 0.0
	for _, polygon := range mp {
		estimate += estimateCells(polygon.Bound(), r) * areaShare(polygon)
	}
	if estimate > float64(limit) {
		return nil, fmt.Errorf("about %.0f cells at resolution %d, limit %d: %w", estimate, r, limit, ErrTooManyCells)
	}
	var cells []Cell
	for _, polygon := range mp {
		found, err := h3.PolygonToCellsExperimental(geoPolygon(polygon), int(r), h3.ContainmentOverlapping)
		if err != nil {
			return nil, fmt.Errorf("cover polygon at resolution %d: %w", r, err)
		}
		for _, c := range found {
			cells = append(cells, Cell(c))
		}
	}
	slices.Sort(cells)
	cells = slices.Compact(cells)
	if len(cells) > limit {
		return nil, fmt.Errorf("%d cells at resolution %d, limit %d: %w", len(cells), r, limit, ErrTooManyCells)
	}
	return cells, nil
}

// estimateCells returns the number of cells of resolution r, of average size,
// that fit into b.
func estimateCells(b orb.Bound, r Resolution) float64 {
	const kmPerDegree = 111.32
	cell, err := h3.HexagonAreaAvgKm2(int(r))
	if err != nil {
		return math.Inf(1)
	}
	width := (b.Max.Lon() - b.Min.Lon()) * kmPerDegree * math.Cos(b.Center().Lat()*math.Pi/180)
	height := (b.Max.Lat() - b.Min.Lat()) * kmPerDegree
	return width * height / cell
}

// areaShare returns the share of its bound that p fills, from 0 to 1.
func areaShare(p orb.Polygon) float64 {
	b := p.Bound()
	full := (b.Max.Lon() - b.Min.Lon()) * (b.Max.Lat() - b.Min.Lat())
	if full == 0 {
		return 0
	}
	return planar.Area(p) / full
}

func geoPolygon(p orb.Polygon) h3.GeoPolygon {
	loop := func(r orb.Ring) h3.GeoLoop {
		out := make(h3.GeoLoop, 0, len(r))
		for _, q := range r[:len(r)-1] {
			out = append(out, h3.NewLatLng(q.Lat(), q.Lon()))
		}
		return out
	}
	out := h3.GeoPolygon{GeoLoop: loop(p[0])}
	for _, hole := range p[1:] {
		out.Holes = append(out.Holes, loop(hole))
	}
	return out
}
