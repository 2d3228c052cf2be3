package charts

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/orb/simplify"
)

// Outline is a map of areas, some of them marked. Its template is "outline". It has
// no table: the page has a list of the areas.
type Outline struct {
	Head

	Areas []OutlineArea
	Point *orb.Point // a place on the map; nil for none
}

// OutlineArea is an area of an outline.
type OutlineArea struct {
	Boundary orb.MultiPolygon
	Label    string // short, such as a number; "" for none
	Marked   bool
}

// OutlineMap is an outline with the places of what is on it.
type OutlineMap struct {
	Height int // of the view box
	Areas  []OutlineShape
	Point  *orb.Point
}

// OutlineShape is the path of an area, with the place of its label.
type OutlineShape struct {
	OutlineArea
	Path string
	At   orb.Point
}

// metresPerDegree is the length of a degree of longitude in Web Mercator.
const metresPerDegree = math.Pi * orb.EarthRadius / 180

// Map returns the map with the places of what is on it, marked areas above others.
// Boundaries are simplified to about a thousandth of the map, since those of a city
// have more vertices than a page should have.
func (o Outline) Map() OutlineMap {
	var boundaries Cells
	for _, a := range o.Areas {
		boundaries.Boundaries = append(boundaries.Boundaries, a.Boundary)
	}
	view := boundaries.view()
	if view == nil {
		return OutlineMap{Height: 1}
	}
	out := OutlineMap{Height: max(1, int(math.Ceil((view.bound.Max.Y()-view.bound.Min.Y())*view.scale)))}
	simpler := simplify.DouglasPeucker((view.bound.Max.X() - view.bound.Min.X()) / metresPerDegree / mapWidth)
	var marked []OutlineShape
	for _, a := range o.Areas {
		var path []byte
		for _, polygon := range a.Boundary {
			for _, ring := range polygon {
				path = view.appendRing(path, simpler.Ring(ring.Clone()))
			}
		}
		middle, _ := planar.CentroidArea(a.Boundary)
		shape := OutlineShape{a, string(path), view.at(middle)}
		if a.Marked {
			marked = append(marked, shape)
		} else {
			out.Areas = append(out.Areas, shape)
		}
	}
	out.Areas = append(out.Areas, marked...)
	if o.Point != nil {
		at := view.at(*o.Point)
		out.Point = &at
	}
	return out
}

// at returns the place of a point in the view box, in tenths.
func (v *cellView) at(p orb.Point) orb.Point {
	q := v.project(p)
	tenths := func(x float64) float64 { return math.Round(10*x) / 10 }
	return orb.Point{tenths((q.X() - v.bound.Min.X()) * v.scale), tenths((v.bound.Max.Y() - q.Y()) * v.scale)}
}
