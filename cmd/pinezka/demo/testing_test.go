package demo_test

import (
	"archive/zip"
	"cmp"
	"encoding/xml"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"
)

// dataFile returns the path of a real data set in the shared data, a folder next
// to the repository. It skips the test when there is no such file.
func dataFile(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join("..", "..", "..", "..", "shared", "data", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the data set is not beside the repository: %v", err)
	}
	return path
}

func readFeatures(t *testing.T, name string) []*geojson.Feature {
	t.Helper()
	b, err := os.ReadFile(dataFile(t, name))
	if err != nil {
		t.Fatal(err)
	}
	collection, err := geojson.UnmarshalFeatureCollection(b)
	if err != nil {
		t.Fatal(err)
	}
	return collection.Features
}

// readStops returns the points of tram stops by name, on the plane. The sheet
// has inline strings only, with the names in column C and WKT in column L.
func readStops(t *testing.T, name string) map[string]lines {
	t.Helper()
	book, err := zip.OpenReader(dataFile(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	sheet, err := book.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	var table struct {
		Rows []struct {
			Cells []struct {
				At   string `xml:"r,attr"`
				Text string `xml:"is>t"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	if err := xml.NewDecoder(sheet).Decode(&table); err != nil {
		t.Fatal(err)
	}
	stops := map[string]lines{}
	for _, row := range table.Rows {
		var name string
		for _, c := range row.Cells {
			switch c.At[0] {
			case 'C':
				name = c.Text
			case 'L':
				if p, err := wkt.UnmarshalPoint(c.Text); err == nil {
					name = strings.TrimRight(name, " 0123456789") // the number of the platform
					stops[name] = append(stops[name], linesOf(p)...)
				}
			}
		}
	}
	return stops
}

const metresPerDegree = 111_320

// parallel is the cosine of the latitude of Podgórze.
var parallel = math.Cos(50.04 * math.Pi / 180)

// onPlane returns p in metres, on a plane that is true enough for Kraków.
func onPlane(p orb.Point) orb.Point {
	return orb.Point{p.Lon() * metresPerDegree * parallel, p.Lat() * metresPerDegree}
}

// lines are on the plane.
type lines []orb.LineString

// linesOf returns the lines, or the boundaries, of a geometry in degrees.
func linesOf(g orb.Geometry) (ls lines) {
	switch g := g.(type) {
	case orb.Point:
		return linesOf(orb.LineString{g, g})
	case orb.Polygon:
		return linesOf(orb.MultiPolygon{g})
	case orb.LineString:
		l := make(orb.LineString, len(g))
		for i, p := range g {
			l[i] = onPlane(p)
		}
		return lines{l}
	case orb.MultiLineString:
		for _, l := range g {
			ls = append(ls, linesOf(l)...)
		}
	case orb.MultiPolygon:
		for _, polygon := range g {
			for _, ring := range polygon {
				ls = append(ls, linesOf(orb.LineString(ring))...)
			}
		}
	}
	return ls
}

// deviation is how far a place of the sketch is from where it should be.
type deviation struct {
	name string
	at   orb.Point // in the sketch, on the plane
	by   orb.Point // in metres to the east and to the north
}

func (d deviation) metres() float64 { return math.Hypot(d.by[0], d.by[1]) }

func (d deviation) String() string {
	points := []string{"east", "north-east", "north", "north-west", "west", "south-west", "south", "south-east"}
	direction := int(math.Round(math.Atan2(d.by[1], d.by[0])/(math.Pi/4))+8) % 8
	return fmt.Sprintf("%s at %.4f, %.4f lies %.0f m to the %s in the data", d.name,
		d.at[0]/metresPerDegree/parallel, d.at[1]/metresPerDegree, d.metres(), points[direction])
}

// deviationOf returns how far p is from the nearest of the lines.
func deviationOf(name string, p orb.Point, from lines) deviation {
	d := deviation{name: name, at: p, by: orb.Point{math.Inf(1)}}
	for _, l := range from {
		for i := range l[1:] {
			a, b := l[i], l[i+1]
			length := planar.DistanceSquared(a, b)
			var along float64
			if length > 0 {
				along = min(max(((p[0]-a[0])*(b[0]-a[0])+(p[1]-a[1])*(b[1]-a[1]))/length, 0), 1)
			}
			by := orb.Point{a[0] + along*(b[0]-a[0]) - p[0], a[1] + along*(b[1]-a[1]) - p[1]}
			if math.Hypot(by[0], by[1]) < d.metres() {
				d.by = by
			}
		}
	}
	return d
}

// deviations returns those of a point every 20 metres of the lines, up to 30
// metres outside of the extent of the others.
func deviations(name string, drawn, from lines) (ds []deviation) {
	const step = 20
	extent := orb.MultiLineString(from).Bound().Pad(30)
	for _, l := range drawn {
		for i := range l[1:] {
			a, b := l[i], l[i+1]
			n := max(math.Ceil(planar.Distance(a, b)/step), 1)
			for k := range int(n) + 1 {
				along := float64(k) / n
				p := orb.Point{a[0] + along*(b[0]-a[0]), a[1] + along*(b[1]-a[1])}
				if extent.Contains(p) {
					ds = append(ds, deviationOf(name, p, from))
				}
			}
		}
	}
	return ds
}

// checkDeviations reports the largest deviations beyond the limit in metres.
func checkDeviations(t *testing.T, ds []deviation, limit float64) {
	t.Helper()
	if len(ds) == 0 {
		t.Fatal("nothing has been compared")
	}
	slices.SortFunc(ds, func(a, b deviation) int { return cmp.Compare(b.metres(), a.metres()) })
	t.Logf("of %d points, the largest deviation: %s", len(ds), ds[0])
	for i, d := range ds {
		if i == 20 || d.metres() <= limit {
			break
		}
		t.Error(d)
	}
}
