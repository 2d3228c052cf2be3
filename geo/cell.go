// Package geo provides the geometry of the service: H3 cells, Web Mercator,
// polygons, and covers of polygons by cells.
//
// The package is pure: it uses no database, no network and no clock, and does
// not depend on pins or districts. Geometries are those of paulmach/orb, in
// degrees of WGS 84, longitude first.
//
// A location is indexed once, at resolution 15, and every coarser cell is
// derived from that index by bit operations. When locations are sorted by their
// cells of resolution 15, those in any coarser cell are one contiguous range:
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

// Resolution is a resolution of H3, from 0 (edges of 1,100 km) to 15 (edges of
// 0.5 m).
type Resolution uint8

// Finest is the resolution at which every location is indexed.
const Finest Resolution = 15

// Children is the number of cells of the next finer resolution in a cell, apart
// from the twelve pentagons, which have one less.
const Children = 7

// Cell is the H3 index of a cell. The zero value is no cell.
type Cell uint64

// ErrCoordinate reports a coordinate that is not on Earth. It is wrapped
// together with the coordinate.
var ErrCoordinate = errors.New("coordinate outside longitude -180..180, latitude -90..90")

const (
	resolutionShift = 52
	digitBits       = 3
	idMask          = 1<<resolutionShift - 1
)

// tail returns the mask of the digits finer than r.
func (r Resolution) tail() uint64 { return 1<<(digitBits*(uint64(Finest)-uint64(r))) - 1 }

// EdgeLength returns the average length of the edges of the cells, in metres.
// No vertex of a cell is further from its centre than twice that.
func (r Resolution) EdgeLength() float64 {
	m, err := h3.HexagonEdgeLengthAvgM(int(r))
	if err != nil {
		return math.NaN()
	}
	return m
}

// CellAt returns the cell of resolution 15 that contains p, in degrees. It
// returns ErrCoordinate when p is not on Earth.
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

// ErrCell reports a text that is not the index of a cell. It is wrapped together
// with the text.
var ErrCell = errors.New("not the index of an H3 cell")

// ParseCell parses the form that String returns.
func ParseCell(s string) (Cell, error) {
	n, err := strconv.ParseUint(s, 16, 64)
	if c := Cell(n); err == nil && c.String() == s && h3.Cell(c).IsValid() {
		return c, nil
	}
	return 0, fmt.Errorf("%.20q: %w", s, ErrCell)
}

// Valid reports whether p is finite and within longitude -180..180 and
// latitude -90..90.
func Valid(p orb.Point) bool {
	return math.Abs(p.Lon()) <= 180 && math.Abs(p.Lat()) <= 90
}

// String returns the usual hexadecimal form, without leading zeros.
func (c Cell) String() string { return strconv.FormatUint(uint64(c), 16) }

// Resolution returns the resolution of c.
func (c Cell) Resolution() Resolution { return Resolution(c >> resolutionShift & 0xf) }

// Parent returns the cell at resolution r that contains c. r must not be finer
// than the resolution of c.
func (c Cell) Parent(r Resolution) Cell {
	return c&^(0xf<<resolutionShift) | Cell(r)<<resolutionShift | Cell(r.tail())
}

// Span returns the half-open range of the cells of resolution 15 in c: the cell
// d of resolution 15 is in c exactly when first <= d && d < end.
func (c Cell) Span() (first, end Cell) {
	tail := Cell(c.Resolution().tail())
	first = c&^(0xf<<resolutionShift)&^tail | Cell(Finest)<<resolutionShift
	return first, first | tail + 1
}

// CentreChild returns the cell of resolution 15 at the centre of c.
func (c Cell) CentreChild() Cell {
	first, _ := c.Span()
	return first // digit 0 is the centre child
}

// ID returns an identifier below 2^52, unique among the cells of all
// resolutions, that is exact in JavaScript and in vector tiles: the index
// without its mode and resolution bits. The resolution follows from the digits
// that are not used, which are 7.
func (c Cell) ID() uint64 { return uint64(c) & idMask }

// Centre returns the centre of c in degrees.
func (c Cell) Centre() orb.Point {
	ll, err := h3.Cell(c).LatLng()
	if err != nil {
		return orb.Point{math.NaN(), math.NaN()}
	}
	return orb.Point{ll.Lng, ll.Lat}
}

// Boundary returns the boundary of c as a closed, counter-clockwise ring of 6
// vertices, 5 for a pentagon, and more where an edge crosses a face of the
// icosahedron. Across the antimeridian, longitudes continue beyond ±180, so
// that the ring is contiguous.
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
