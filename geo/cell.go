// Package geo answers where: H3 cells, Web Mercator, polygons and covers.
//
// It is pure: no database, no HTTP, no clock. Geometry is paulmach/orb in
// WGS 84 degrees, longitude first. It knows nothing about pins or districts.
//
// A place is indexed once, at resolution 15, and every coarser cell is derived
// from that index by bit operations. In the order of their resolution-15
// cells, all places of any coarser cell are one contiguous run:
//
//	cell at resolution 15   0… base │ d1 │ d2 │ … │ d9 │ d10 │ … │ d15
//	                        └──────── parent at 9 ─────┘└─ anything ─┘
package geo

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/paulmach/orb"
	"github.com/uber/h3-go/v4"
)

// Resolution is an H3 resolution, 0 (1,100 km edges) to 15 (0.5 m edges).
type Resolution uint8

// Finest is the resolution at which every place is indexed.
const Finest Resolution = 15

// Cell is an H3 cell index. The zero value is no cell.
type Cell uint64

// ErrCoordinate is wrapped with the offending values.
var ErrCoordinate = errors.New("coordinate outside longitude -180..180, latitude -90..90")

const (
	resolutionShift = 52
	digitBits       = 3
	idMask          = 1<<resolutionShift - 1
)

// tail is the mask of the digits finer than r.
func (r Resolution) tail() uint64 { return 1<<(digitBits*(uint64(Finest)-uint64(r))) - 1 }

// EdgeLength is the average length of a cell's edge, in metres. No cell is wider,
// from its centre to a vertex, than twice that.
func (r Resolution) EdgeLength() float64 {
	m, err := h3.HexagonEdgeLengthAvgM(int(r))
	if err != nil {
		return math.NaN()
	}
	return m
}

// CellAt is the resolution-15 cell of p (longitude, latitude in degrees).
// It reports ErrCoordinate for values that are no place on Earth.
func CellAt(p orb.Point) (Cell, error) {
	if !Valid(p) {
		return 0, fmt.Errorf("%v, %v: %w", p.Lon(), p.Lat(), ErrCoordinate)
	}
	c, err := h3.LatLngToCell(h3.NewLatLng(p.Lat(), p.Lon()), int(Finest))
	if err != nil {
		return 0, fmt.Errorf("cell at %v, %v: %w", p.Lon(), p.Lat(), err)
	}
	return Cell(c), nil
}

// Valid reports whether p is finite and within longitude -180..180 and
// latitude -90..90.
func Valid(p orb.Point) bool {
	return math.Abs(p.Lon()) <= 180 && math.Abs(p.Lat()) <= 90
}

// String is the usual hexadecimal form, without leading zeros.
func (c Cell) String() string { return strconv.FormatUint(uint64(c), 16) }

// Resolution of the cell.
func (c Cell) Resolution() Resolution { return Resolution(c >> resolutionShift & 0xf) }

// Parent is the cell's ancestor at resolution r, which must not be finer than
// the cell itself.
func (c Cell) Parent(r Resolution) Cell {
	return c&^(0xf<<resolutionShift) | Cell(r)<<resolutionShift | Cell(r.tail())
}

// Span is the half-open range of resolution-15 indexes below c: a
// resolution-15 cell d descends from c exactly when first <= d && d < end.
func (c Cell) Span() (first, end Cell) {
	tail := Cell(c.Resolution().tail())
	first = c&^(0xf<<resolutionShift)&^tail | Cell(Finest)<<resolutionShift
	return first, first | tail + 1
}

// CentreChild is the resolution-15 cell at the centre of c.
func (c Cell) CentreChild() Cell {
	first, _ := c.Span()
	return first // digit 0 is the centre child
}

// ID is an identifier below 2^52, unique among cells of all resolutions, that
// JavaScript numbers and vector tiles hold exactly: the index without its mode
// and resolution bits (unused digits are 7, so the resolution is implied).
func (c Cell) ID() uint64 { return uint64(c) & idMask }

// Centre of the cell.
func (c Cell) Centre() orb.Point {
	ll, err := h3.Cell(c).LatLng()
	if err != nil {
		return orb.Point{math.NaN(), math.NaN()}
	}
	return orb.Point{ll.Lng, ll.Lat}
}

// Boundary is the closed, counter-clockwise outline of the cell: 6 vertices, 5
// for a pentagon, more where an edge crosses a face of the icosahedron. Across
// the antimeridian longitudes run on past ±180, so that the ring stays whole.
func (c Cell) Boundary() orb.Ring {
	b, err := h3.Cell(c).Boundary()
	if err != nil || len(b) == 0 {
		return nil
	}
	ring := make(orb.Ring, 0, len(b)+1)
	for _, ll := range b {
		lon := ll.Lng
		switch {
		case lon-b[0].Lng > 180:
			lon -= 360
		case b[0].Lng-lon > 180:
			lon += 360
		}
		ring = append(ring, orb.Point{lon, ll.Lat})
	}
	return append(ring, ring[0])
}
