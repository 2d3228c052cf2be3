package charts

import (
	"math"
	"strconv"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/project"

	"github.com/pinezka/pinezka/geo"
)

// Cells is a map of cells in classes, with boundaries above them. Its template is
// "cells". It has no table: the page has one, with what the cells stand for.
type Cells struct {
	Head

	Cells      []Cell
	Classes    []CellClass
	Boundaries []orb.MultiPolygon
}

// Cell is a cell of a map.
type Cell struct {
	Cell  geo.Cell
	Class int    // an index of Classes
	Title string // shown to a pointer, such as "12 pins"; "" for none
}

// CellClass is a class of cells.
type CellClass struct {
	Style   string // class of the style sheet: "count-0" to "count-5", or another of charts.css
	Hatched bool   // whether lines across the cells show the class, so that it does not depend on a colour
	Label   string // in the key
	Mark    string // path in the middle of each cell, on a grid of 20 by 20, which says the class without a colour; "" for none
}

// mapWidth is the width of the view box of a map.
const mapWidth = 1000

// Shape is a path of a map: that of a cell, or of all cells of a class between
// which nothing differs.
type Shape struct {
	CellClass
	Path  string
	Title string
	Box   *Box // of the mark; nil without one
}

// Box is a square of a map.
type Box struct{ X, Y, Size float64 }

// CellMap is a map with the places of what is on it.
type CellMap struct {
	Height     int // of the view box
	Cells      []Shape
	Boundaries []string // paths
}

// Map returns the map with the places of what is on it.
func (c Cells) Map() CellMap {
	out := CellMap{Height: 1}
	view := c.view()
	if view == nil {
		return out
	}
	out.Height = max(1, int(math.Ceil((view.bound.Max.Y()-view.bound.Min.Y())*view.scale)))
	plain := map[int][]byte{} // paths of cells, by class
	var others []Shape
	for _, cell := range c.Cells {
		class := c.Classes[cell.Class]
		if cell.Title == "" && !class.Hatched && class.Mark == "" {
			plain[cell.Class] = view.appendRing(plain[cell.Class], cell.Cell.Boundary())
			continue
		}
		shape := Shape{CellClass: class, Path: string(view.appendRing(nil, cell.Cell.Boundary())), Title: cell.Title}
		if class.Mark != "" {
			shape.Box = view.box(cell.Cell)
		}
		others = append(others, shape)
	}
	for i, class := range c.Classes {
		if path := plain[i]; path != nil {
			out.Cells = append(out.Cells, Shape{CellClass: class, Path: string(path)})
		}
	}
	out.Cells = append(out.Cells, others...)
	for _, boundary := range c.Boundaries {
		var path []byte
		for _, polygon := range boundary {
			for _, ring := range polygon {
				path = view.appendRing(path, ring)
			}
		}
		out.Boundaries = append(out.Boundaries, string(path))
	}
	return out
}

// cellView projects longitudes and latitudes to the view box.
type cellView struct {
	meridian float64 // to whose side of the antimeridian all longitudes are moved
	bound    orb.Bound
	scale    float64
}

// view returns a view that fits all cells, or the boundaries if there are none.
// It is nil when there is nothing.
func (c Cells) view() *cellView {
	var rings []orb.Ring
	for _, cell := range c.Cells {
		rings = append(rings, cell.Cell.Boundary())
	}
	for _, boundary := range c.Boundaries {
		for _, polygon := range boundary {
			rings = append(rings, polygon...)
		}
	}
	if len(rings) == 0 {
		return nil
	}
	view := &cellView{meridian: rings[0][0].Lon()}
	view.bound = orb.Bound{Min: view.project(rings[0][0]), Max: view.project(rings[0][0])}
	for _, ring := range rings {
		for _, p := range ring {
			view.bound = view.bound.Extend(view.project(p))
		}
	}
	view.bound = view.bound.Pad((view.bound.Max.X() - view.bound.Min.X()) * .01)
	view.scale = mapWidth / max(1e-9, view.bound.Max.X()-view.bound.Min.X())
	return view
}

// project returns a point in Web Mercator.
func (v *cellView) project(p orb.Point) orb.Point {
	lon := p.Lon() + 360*math.Round((v.meridian-p.Lon())/360)
	return project.Point(orb.Point{lon, p.Lat()}, project.WGS84.ToMercator)
}

// box returns the square within a cell.
func (v *cellView) box(c geo.Cell) *Box {
	middle, corner := v.project(c.Centre()), v.project(c.Boundary()[0])
	half := math.Hypot(corner.X()-middle.X(), corner.Y()-middle.Y()) * v.scale
	tenths := func(x float64) float64 { return math.Round(10*x) / 10 }
	return &Box{tenths((middle.X()-v.bound.Min.X())*v.scale - half), tenths((v.bound.Max.Y()-middle.Y())*v.scale - half), tenths(2 * half)}
}

// appendRing appends a ring as a path.
func (v *cellView) appendRing(b []byte, ring orb.Ring) []byte {
	command := byte('M')
	for _, p := range ring[:max(0, len(ring)-1)] { // Z closes it
		at := v.project(p)
		b = append(b, command)
		b = strconv.AppendFloat(b, (at.X()-v.bound.Min.X())*v.scale, 'f', 1, 64)
		b = append(b, ' ')
		b = strconv.AppendFloat(b, (v.bound.Max.Y()-at.Y())*v.scale, 'f', 1, 64)
		command = 'L'
	}
	return append(b, 'Z')
}
