package geo

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
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
		estimate += estimateCells(polygon, r)
	}
	if estimate > float64(limit) {
		return nil, fmt.Errorf("about %.0f cells at resolution %d, limit %d: %w", estimate, r, limit, ErrTooManyCells)
	}
	var cells []Cell
	for _, polygon := range mp {
		for _, slice := range slicesOf(polygon) {
			found, err := h3.PolygonToCellsExperimental(geoPolygon(slice), int(r), h3.ContainmentOverlapping)
			if err != nil {
				return nil, fmt.Errorf("cover polygon at resolution %d: %w", r, err)
			}
			for _, c := range found {
				cells = append(cells, Cell(c))
			}
		}
	}
	slices.Sort(cells)
	cells = slices.Compact(cells)
	if len(cells) > limit {
		return nil, fmt.Errorf("%d cells at resolution %d, limit %d: %w", len(cells), r, limit, ErrTooManyCells)
	}
	return cells, nil
}

// slicesOf returns p cut along meridians into slices of at most 90 degrees if it
// is wider than 180: H3 takes an edge that is longer for one across the
// antimeridian.
func slicesOf(p orb.Polygon) []orb.Polygon {
	const width = 90
	b := p.Bound()
	if b.Max.Lon()-b.Min.Lon() <= 180 {
		return []orb.Polygon{p}
	}
	var out []orb.Polygon
	for west := b.Min.Lon(); west < b.Max.Lon(); west += width {
		slice := clip.Polygon(orb.Bound{Min: orb.Point{west, b.Min.Lat()}, Max: orb.Point{west + width, b.Max.Lat()}}, p.Clone())
		if len(slice) > 0 && len(slice[0]) > 3 {
			out = append(out, slice)
		}
	}
	return out
}

// estimateCells returns the number of cells of resolution r, of average size,
// that fit into p, or that lie in a row from one end of it to the other if those
// are more.
func estimateCells(p orb.Polygon, r Resolution) float64 {
	const kmPerDegree = 111.32
	cell, err := h3.HexagonAreaAvgKm2(int(r))
	if err != nil {
		return math.Inf(1)
	}
	b := p.Bound()
	full := (b.Max.Lon() - b.Min.Lon()) * (b.Max.Lat() - b.Min.Lat())
	if full == 0 {
		return 0
	}
	sin := func(lat float64) float64 { return math.Sin(lat * math.Pi / 180) }
	cos := (sin(b.Max.Lat()) - sin(b.Min.Lat())) / ((b.Max.Lat() - b.Min.Lat()) * math.Pi / 180) // the mean over the latitudes
	area := flatArea(p) * kmPerDegree * kmPerDegree * cos
	width := (b.Max.Lon() - b.Min.Lon()) * kmPerDegree * math.Cos(max(-b.Min.Lat(), b.Max.Lat())*math.Pi/180)
	height := (b.Max.Lat() - b.Min.Lat()) * kmPerDegree
	row := max(width, height) / (4 * r.EdgeLength() / 1000) // no cell is wider than four edges
	return max(area/cell, row)
}

// flatArea returns the area of p in square degrees.
func flatArea(p orb.Polygon) float64 { return math.Abs(planar.Area(p)) }

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
