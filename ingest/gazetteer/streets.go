package gazetteer

import (
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"

	"github.com/pinezka/pinezka/civic"
)

// street is what is known of all lines with one name.
type street struct {
	name       string
	otherNames []string
	postcodes  []string // that its lines state
	lines      []orb.LineString
}

const streetGap = 150 // metres between lines that are still one street, such as across a square

func (b *Builder) addStreet(name string, otherNames []string, postcode string, line orb.LineString) {
	if len(line) == 0 {
		return
	}
	s := b.streets[name]
	if s == nil {
		s = &street{name: name}
		b.streets[name] = s
	}
	for _, other := range otherNames {
		if !slices.Contains(s.otherNames, other) {
			s.otherNames = append(s.otherNames, other)
		}
	}
	if postcode != "" && !slices.Contains(s.postcodes, postcode) {
		s.postcodes = append(s.postcodes, postcode)
	}
	s.lines = append(s.lines, line)
}

// streetPlaces returns one place for each group of lines of a name that are near
// one another. Its point is on a line, near the middle of the group.
func (b *Builder) streetPlaces() (all []civic.Place) {
	for _, s := range b.streets {
		postcode := ""
		if len(s.postcodes) == 1 { // otherwise one of its addresses has it
			postcode = s.postcodes[0]
		}
		for _, lines := range clusters(s.lines) {
			all = append(all, civic.Place{Name: s.name, OtherNames: s.otherNames, Kind: civic.PlaceStreet, Postcode: postcode, Point: b.pointOn(lines)})
		}
	}
	return all
}

// clusters groups lines of which one leads to the next within streetGap.
func clusters(lines []orb.LineString) [][]orb.LineString {
	group := make([]int, len(lines)) // of each line, the first line that is known to be near
	for i := range group {
		group[i] = i
	}
	root := func(i int) int {
		for group[i] != i {
			i = group[i]
		}
		return i
	}
	bounds := make([]orb.Bound, len(lines))
	for i, line := range lines {
		bounds[i] = orbgeo.BoundPad(line.Bound(), streetGap)
		for j := range i {
			if a, b := root(i), root(j); a != b && bounds[i].Intersects(lines[j].Bound()) && near(line, lines[j]) {
				group[a] = b
			}
		}
	}
	index := map[int]int{}
	var all [][]orb.LineString
	for i, line := range lines {
		r := root(i)
		if _, ok := index[r]; !ok {
			index[r] = len(all)
			all = append(all, nil)
		}
		all[index[r]] = append(all[index[r]], line)
	}
	return all
}

// near reports whether an end of one line is within streetGap of a vertex of the
// other.
func near(a, b orb.LineString) bool {
	touches := func(end orb.Point, line orb.LineString) bool {
		return slices.ContainsFunc(line, func(p orb.Point) bool { return orbgeo.Distance(end, p) <= streetGap })
	}
	return touches(a[0], b) || touches(a[len(a)-1], b) || touches(b[0], a) || touches(b[len(b)-1], a)
}

// pointOn returns the middle of lines, or the vertex in the district that is
// nearest to it if the middle is not in the district but some vertex is.
func (b *Builder) pointOn(lines []orb.LineString) orb.Point {
	centre := middle(lines)
	if b.district.Contains(centre) {
		return centre
	}
	best, least := centre, math.Inf(1)
	for _, line := range lines {
		for _, p := range line {
			if d := orbgeo.Distance(p, centre); d < least && b.district.Contains(p) {
				best, least = p, d
			}
		}
	}
	return best
}

// middle returns the point on one of the lines that is nearest to the centre of
// their vertices, weighted by length.
func middle(lines []orb.LineString) orb.Point {
	var sum orb.Point
	total := 0.0
	for _, line := range lines {
		for i := 1; i < len(line); i++ {
			length := orbgeo.Distance(line[i-1], line[i])
			sum[0] += length * (line[i-1][0] + line[i][0]) / 2
			sum[1] += length * (line[i-1][1] + line[i][1]) / 2
			total += length
		}
	}
	if total == 0 {
		return lines[0][0]
	}
	centre := orb.Point{sum[0] / total, sum[1] / total}
	best, least := lines[0][0], -1.0
	for _, line := range lines {
		for i := 1; i < len(line); i++ {
			p := nearest(line[i-1], line[i], centre)
			if d := orbgeo.Distance(p, centre); least < 0 || d < least {
				best, least = p, d
			}
		}
	}
	return best
}

// nearest returns the point on a segment that is nearest to p, in the plane of
// the coordinates, which is exact enough for the length of a street.
func nearest(a, b, p orb.Point) orb.Point {
	dx, dy := b[0]-a[0], b[1]-a[1]
	length := dx*dx + dy*dy
	if length == 0 {
		return a
	}
	t := max(0, min(1, ((p[0]-a[0])*dx+(p[1]-a[1])*dy)/length))
	return orb.Point{a[0] + t*dx, a[1] + t*dy}
}

// comparePlaces orders places by name, kind, house number and point.
func comparePlaces(p, q *civic.Place) int {
	if c := strings.Compare(p.Name, q.Name); c != 0 {
		return c
	}
	if p.Kind != q.Kind {
		return int(p.Kind) - int(q.Kind)
	}
	return slices.Compare(p.Point[:], q.Point[:])
}
