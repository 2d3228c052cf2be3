package geo

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// Box is a rectangle in degrees that extends from West eastward to East. Across
// the antimeridian, West is greater than East (RFC 7946, section 5.2):
//
//	West ≤ East              West > East
//	-180 ┌──────────┐ 180    -180 ┌──────────┐ 180
//	     │   ▒▒▒▒   │             │▒        ▒│
//	     └──────────┘             └──────────┘
type Box struct{ West, South, East, North float64 }

// ErrBox reports a text that is not a box.
var ErrBox = errors.New("write it as west,south,east,north in degrees, with south before north")

// ParseBox reads "west,south,east,north". Across the antimeridian, west is
// greater than east. It returns ErrBox for anything else, and ErrCoordinate for
// coordinates that are not on Earth.
func ParseBox(s string) (Box, error) {
	var side [4]float64
	parts := strings.Split(s, ",")
	if len(parts) != len(side) {
		return Box{}, ErrBox
	}
	for i, part := range parts {
		var err error
		if side[i], err = strconv.ParseFloat(strings.TrimSpace(part), 64); err != nil {
			return Box{}, fmt.Errorf("%q is not a number; %w", part, ErrBox)
		}
	}
	b := Box{side[0], side[1], side[2], side[3]}
	switch {
	case !Valid(orb.Point{b.West, b.South}) || !Valid(orb.Point{b.East, b.North}):
		return Box{}, ErrCoordinate
	case b.South > b.North:
		return Box{}, ErrBox
	}
	return b, nil
}

// BoxOf returns the smallest box that contains mp, which must not be empty. Of
// the gaps between the polygons, the widest is outside: for polygons on both
// sides of the antimeridian that is usually not the gap across it.
func BoxOf(mp orb.MultiPolygon) Box {
	bounds := make([]orb.Bound, len(mp))
	all := mp[0].Bound()
	for i, polygon := range mp {
		bounds[i] = polygon.Bound()
		all = all.Union(bounds[i])
	}
	slices.SortFunc(bounds, func(a, b orb.Bound) int { return cmp.Compare(a.Min.Lon(), b.Min.Lon()) })
	out := Box{all.Min.Lon(), all.Min.Lat(), all.Max.Lon(), all.Max.Lat()}
	widest := 360 - (out.East - out.West)
	for i, east := 1, bounds[0].Max.Lon(); i < len(bounds); i++ {
		if gap := bounds[i].Min.Lon() - east; gap > widest {
			widest, out.West, out.East = gap, bounds[i].Min.Lon(), east
		}
		east = max(east, bounds[i].Max.Lon())
	}
	return out
}

// Crosses reports whether b extends across the antimeridian.
func (b Box) Crosses() bool { return b.West > b.East }

// Corners returns west, south, east and north, the order of RFC 7946.
func (b Box) Corners() [4]float64 { return [4]float64{b.West, b.South, b.East, b.North} }

// Unwrapped returns b as one bound, whose longitudes continue beyond 180 where b
// crosses the antimeridian.
func (b Box) Unwrapped() orb.Bound {
	east := b.East
	if b.Crosses() {
		east += 360
	}
	return orb.Bound{Min: orb.Point{b.West, b.South}, Max: orb.Point{east, b.North}}
}

// Bounds returns b as bounds within -180 to 180: two where it crosses the
// antimeridian, otherwise one.
func (b Box) Bounds() []orb.Bound {
	if !b.Crosses() {
		return []orb.Bound{b.Unwrapped()}
	}
	return []orb.Bound{
		{Min: orb.Point{b.West, b.South}, Max: orb.Point{180, b.North}},
		{Min: orb.Point{-180, b.South}, Max: orb.Point{b.East, b.North}},
	}
}

// Contains reports whether p is in b or on its edge.
func (b Box) Contains(p orb.Point) bool {
	return slices.ContainsFunc(b.Bounds(), func(part orb.Bound) bool { return part.Contains(p) })
}

// Centre returns the middle of b.
func (b Box) Centre() orb.Point {
	p := b.Unwrapped().Center()
	return orb.Point{wrap(p.Lon()), p.Lat()}
}

// Pad returns a box that contains every point within a distance, in metres, of a
// point of b.
func (b Box) Pad(metres float64) Box {
	degrees := metres / (earthRadius * math.Pi / 180)
	b.South, b.North = max(-90, b.South-degrees), min(90, b.North+degrees)
	bound := b.Unwrapped()
	// Nowhere in the box is a degree of longitude shorter than at the parallel
	// nearest to a pole.
	degrees /= math.Cos(max(-b.South, b.North) * math.Pi / 180)
	if width := bound.Max.Lon() - bound.Min.Lon() + 2*degrees; width >= 360 {
		b.West, b.East = -180, 180
		return b
	}
	b.West, b.East = wrap(bound.Min.Lon()-degrees), wrap(bound.Max.Lon()+degrees)
	return b
}

// wrap returns a longitude between -540 and 540 as one between -180 and 180.
func wrap(lon float64) float64 {
	switch {
	case lon < -180:
		return lon + 360
	case lon > 180:
		return lon - 360
	}
	return lon
}

// Centre returns a point in mp, which must not be empty: the middle of its box,
// or else a point inside its largest polygon.
func Centre(mp orb.MultiPolygon) orb.Point {
	if p := BoxOf(mp).Centre(); Contains(mp, p) {
		return p
	}
	return interiorPoint(slices.MaxFunc(mp, func(a, b orb.Polygon) int { return cmp.Compare(flatArea(a), flatArea(b)) }))
}

// interiorPoint returns the middle of the widest part of a parallel in p. The
// parallel is between two vertices near the middle, so that it meets no vertex
// and has a part inside.
//
//	   ╱╲    ╱╲
//	  ╱  ╲  ╱  ╲
//	─╱─•──╲╱────╲─
//	 ╲__________╱
//
// Algorithm: InteriorPointArea of JTS, which is ST_PointOnSurface of PostGIS.
func interiorPoint(p orb.Polygon) orb.Point {
	b := p.Bound()
	middle, below, above := b.Center().Lat(), b.Min.Lat(), b.Max.Lat()
	for _, ring := range p {
		for _, q := range ring {
			if lat := q.Lat(); lat <= middle {
				below = max(below, lat)
			} else {
				above = min(above, lat)
			}
		}
	}
	lat := below + (above-below)/2
	var crossings []float64 // longitudes
	for _, ring := range p {
		for i := 1; i < len(ring); i++ {
			from, to := ring[i-1], ring[i]
			if (from.Lat() <= lat) != (to.Lat() <= lat) {
				share := (lat - from.Lat()) / (to.Lat() - from.Lat())
				crossings = append(crossings, from.Lon()+share*(to.Lon()-from.Lon()))
			}
		}
	}
	slices.Sort(crossings)
	out, widest := b.Center(), -1.0
	for i := 1; i < len(crossings); i += 2 {
		if width := crossings[i] - crossings[i-1]; width > widest {
			widest, out = width, orb.Point{crossings[i-1] + width/2, lat}
		}
	}
	return out
}
