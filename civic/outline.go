package civic

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"
)

// MaxCorners is the number of corners that an outline may have.
const MaxCorners = 200

// outlinePrecision is the number of decimal places of the coordinates of an outline.
const outlinePrecision = 6

// ParseOutline returns an area, an orb.Polygon with one ring, or a line, an
// orb.LineString, that somebody has drawn. It reads GeoJSON, and lines with the
// latitude and the longitude of a corner each, of which the last is the first again
// for an area. It returns ErrInvalid for anything else, for more corners than
// MaxCorners, and for an area whose edge crosses itself.
func ParseOutline(s string) (orb.Geometry, error) {
	invalid := func(format string, args ...any) (orb.Geometry, error) {
		return nil, fmt.Errorf("%w: %s", ErrInvalid, fmt.Sprintf(format, args...))
	}
	var corners []orb.Point
	isArea := false
	if s = strings.TrimSpace(s); strings.HasPrefix(s, "{") {
		g, err := geojson.UnmarshalGeometry([]byte(s))
		if err != nil {
			return invalid("it is no GeoJSON")
		}
		switch shape := g.Geometry().(type) {
		case orb.LineString:
			corners = shape
		case orb.Polygon:
			if len(shape) != 1 {
				return invalid("an area has one ring")
			}
			corners, isArea = shape[0], true
		default:
			return invalid("it is neither an area nor a line")
		}
	} else {
		var err error
		if corners, err = readCorners(s); err != nil {
			return nil, err
		}
		isArea = len(corners) > 2 && corners[0] == corners[len(corners)-1]
	}
	for _, p := range corners {
		if _, err := LocationAt(p); err != nil {
			return invalid("a corner has coordinates that do not exist")
		}
	}
	corners = withoutRepeated(corners)
	if len(corners) > MaxCorners+1 {
		return invalid("at most %d corners", MaxCorners)
	}
	if !isArea {
		if len(corners) < 2 {
			return invalid("a line has at least two corners")
		}
		return orb.LineString(corners), nil
	}
	ring := orb.Ring(corners)
	if len(ring) > 0 && !ring.Closed() {
		ring = append(ring, ring[0])
	}
	if len(ring) < 4 || planar.Area(ring) == 0 {
		return invalid("an area has at least three corners")
	}
	if crossesItself(ring) {
		return invalid("the edge of the area crosses itself")
	}
	return orb.Polygon{ring}, nil
}

// readCorners reads corners, one on each line, in the order latitude, longitude.
func readCorners(s string) (corners []orb.Point, err error) {
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		lat, lon, found := strings.Cut(strings.ReplaceAll(strings.ReplaceAll(line, ", ", " "), ";", " "), " ")
		if !found {
			lat, lon, _ = strings.Cut(line, ",")
		}
		y, errY := parseDegrees(lat)
		x, errX := parseDegrees(lon)
		if errY != nil || errX != nil {
			return nil, fmt.Errorf("%w: %q is no corner, such as 50.0446, 19.9493", ErrInvalid, line)
		}
		corners = append(corners, orb.Point{x, y})
	}
	return corners, nil
}

// parseDegrees reads a number with a decimal point or a decimal comma.
func parseDegrees(s string) (float64, error) {
	return strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(s), ",", "."), 64) //nolint:wrapcheck // readCorners says which corner it is
}

// withoutRepeated returns corners without those that are the one before.
func withoutRepeated(corners []orb.Point) (out []orb.Point) {
	for i, p := range corners {
		if i == 0 || p != corners[i-1] {
			out = append(out, p)
		}
	}
	return out
}

// crossesItself reports whether two edges of a closed ring that are not neighbours
// meet.
func crossesItself(ring orb.Ring) bool {
	n := len(ring) - 1 // edges
	for i := range n {
		for j := i + 1; j < n; j++ {
			if j == i+1 || i == 0 && j == n-1 {
				continue
			}
			if meet(ring[i], ring[i+1], ring[j], ring[j+1]) {
				return true
			}
		}
	}
	return false
}

// meet reports whether two segments have a point in common.
func meet(a, b, c, d orb.Point) bool {
	side := func(p, q, r orb.Point) float64 { return (q[0]-p[0])*(r[1]-p[1]) - (q[1]-p[1])*(r[0]-p[0]) }
	within := func(p, q, r orb.Point) bool { return orb.MultiPoint{p, q}.Bound().Contains(r) }
	s1, s2, s3, s4 := side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)
	if (s1 > 0) != (s2 > 0) && (s3 > 0) != (s4 > 0) && s1 != 0 && s2 != 0 && s3 != 0 && s4 != 0 {
		return true
	}
	return s1 == 0 && within(a, b, c) || s2 == 0 && within(a, b, d) || s3 == 0 && within(c, d, a) || s4 == 0 && within(c, d, b)
}

// cleanOutline returns an outline as GeoJSON, or what was entered if that is none.
func cleanOutline(s string) string {
	g, err := ParseOutline(s)
	if err != nil {
		return strings.TrimSpace(s)
	}
	encoded, err := json.Marshal(geojson.NewGeometry(orb.Round(g, 1e6)))
	if err != nil {
		return strings.TrimSpace(s)
	}
	return string(encoded)
}

// OutlineLines returns an outline as lines, as ParseOutline reads them, or what was
// entered if that is none.
func OutlineLines(s string) string {
	g, err := ParseOutline(s)
	if err != nil {
		return s
	}
	var lines strings.Builder
	for _, p := range CornersOf(g) {
		fmt.Fprintf(&lines, "%s, %s\n", formatDegrees(p.Lat()), formatDegrees(p.Lon()))
	}
	return strings.TrimSuffix(lines.String(), "\n")
}

func formatDegrees(v float64) string { return strconv.FormatFloat(v, 'f', outlinePrecision, 64) }

// CornersOf returns the corners of an outline: of an area, the last is the first
// again.
func CornersOf(g orb.Geometry) []orb.Point {
	switch shape := g.(type) {
	case orb.LineString:
		return shape
	case orb.Polygon:
		return shape[0]
	}
	return nil
}

// checkOutline returns the faults of an outline as cleanOutline returns it: that it is
// none, or reaches beyond the box of the district.
func (d *District) checkOutline(name, s string) Faults {
	g, err := ParseOutline(s)
	if err != nil {
		return Faults{{name, "malformed", err.Error()}}
	}
	bound := d.Boundary.Bound()
	for _, p := range CornersOf(g) {
		if !bound.Contains(p) {
			return Faults{{name, "outside", "the outline reaches beyond the district"}}
		}
	}
	return nil
}
