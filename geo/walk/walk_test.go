package walk_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/geo/walk"
)

func TestGraphsOfStreets(t *testing.T) {
	for _, c := range []struct {
		name         string
		features     []geo.Feature
		nodes, edges int
		length       float64
		components   []int
	}{
		{"nothing", nil, 0, 0, 0, nil},
		{"a bend is no node", []geo.Feature{street(line([2]float64{0, 0}, [2]float64{100, 0}, [2]float64{100, 100}))}, 2, 1, 200, []int{2}},
		{"one street in two ways", []geo.Feature{
			street(line([2]float64{0, 0}, [2]float64{100, 0})), street(line([2]float64{300, 0}, [2]float64{100, 0})),
		}, 2, 1, 300, []int{2}},
		{"a T junction in the middle of a way", []geo.Feature{
			street(line([2]float64{0, 0}, [2]float64{100, 0}, [2]float64{200, 0})), street(line([2]float64{100, 0}, [2]float64{100, 50})),
		}, 4, 3, 250, []int{4}},
		{"a bridge is no junction", []geo.Feature{
			street(line([2]float64{0, 0}, [2]float64{100, 0})), street(line([2]float64{50, -50}, [2]float64{50, 50})),
		}, 4, 2, 200, []int{2, 2}},
		{"vertices a tenth of a unit apart are one", []geo.Feature{
			street(line([2]float64{0, 0}, [2]float64{100, 0})), street(orb.LineString{{at(100, 0)[0] + 1e-8, 0}, at(200, 0)}),
		}, 2, 1, 200, []int{2}},
		{"vertices five units apart are two", []geo.Feature{
			street(line([2]float64{0, 0}, [2]float64{100, 0})), street(orb.LineString{{at(100, 0)[0] + 5e-7, 0}, at(200, 0)}),
		}, 4, 2, 200, []int{2, 2}},
		{"a closed line", []geo.Feature{street(line([2]float64{0, 0}, [2]float64{100, 0}, [2]float64{100, 100}, [2]float64{0, 100}, [2]float64{0, 0}))}, 1, 1, 400, []int{1}},
		{"a loop at the end of a street", []geo.Feature{
			street(line([2]float64{-100, 0}, [2]float64{0, 0}, [2]float64{100, 0}, [2]float64{100, 100}, [2]float64{0, 100}, [2]float64{0, 0})),
		}, 2, 2, 500, []int{2}},
		{"a segment of two ways counts once", []geo.Feature{
			street(line([2]float64{0, 0}, [2]float64{100, 0}, [2]float64{200, 0})), street(line([2]float64{100, 0}, [2]float64{0, 0})),
		}, 2, 1, 200, []int{2}},
		{"a repeated vertex", []geo.Feature{street(line([2]float64{0, 0}, [2]float64{0, 0}, [2]float64{100, 0}, [2]float64{100, 0}))}, 2, 1, 100, []int{2}},
		{"a line of one point", []geo.Feature{street(line([2]float64{0, 0})), street(line([2]float64{5, 5}, [2]float64{5, 5})), street(orb.LineString{})}, 0, 0, 0, nil},
		{"the outline of a square", []geo.Feature{
			{Tags: map[string]string{"highway": "pedestrian", "area": "yes"}, Geometry: orb.Polygon{
				orb.Ring(line([2]float64{0, 0}, [2]float64{50, 0}, [2]float64{50, 50}, [2]float64{0, 50}, [2]float64{0, 0})),
				orb.Ring(line([2]float64{20, 20}, [2]float64{30, 20}, [2]float64{30, 30}, [2]float64{20, 20})),
			}},
			street(line([2]float64{50, 50}, [2]float64{150, 50})),
		}, 2, 2, 300, []int{2}},
		{"not on Earth", []geo.Feature{street(orb.LineString{{0, 0}, {200, 0}}), street(orb.LineString{{0, 0}, {math.NaN(), 0}})}, 0, 0, 0, nil},
		{"other geometries", []geo.Feature{street(orb.Point{0, 0}), street(nil), street(orb.MultiPolygon{}), street(orb.Polygon{})}, 0, 0, 0, nil},
		{"a square across the antimeridian", []geo.Feature{street(orb.LineString{{179.999, 0}, {180, 0}}), street(orb.LineString{{-180, 0}, {-179.999, 0}})}, 2, 1, 2 * 111.32, []int{2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := graph(c.features...)
			nodes, edges := g.Len()
			if nodes != c.nodes || edges != c.edges || math.Abs(g.Length()-c.length) > 0.1 {
				t.Errorf("%d nodes, %d edges, %.2f m; want %d, %d, %.2f m", nodes, edges, g.Length(), c.nodes, c.edges, c.length)
			}
			if diff := cmp.Diff(c.components, g.Components()); diff != "" {
				t.Errorf("components (-want +got):\n%s", diff)
			}
		})
	}
}

// TestLengthOfACurve checks that the length of an edge is that of its line, not
// that of its simplified shape.
func TestLengthOfACurve(t *testing.T) {
	var curve orb.LineString
	want := 0.0
	for i := range 3500 {
		curve = append(curve, at(float64(i), 0.9*math.Sin(float64(i))))
		if i > 0 {
			want += orbgeo.DistanceHaversine(curve[i-1], curve[i])
		}
	}
	if g := graph(street(curve)); math.Abs(g.Length()-want) > 5 || want < 3850 {
		t.Errorf("length %.1f m, want %.1f m", g.Length(), want)
	}
}

// TestShapesAreNearTheirLines measures the distance of the vertices of random
// lines, some with thousands, from the graph.
func TestShapesAreNearTheirLines(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 7))
	for _, n := range []int{2, 3, 10, 1001, 1002, 2001, 2500} {
		var way orb.LineString
		east, north := 0.0, 0.0
		for range n {
			east, north = east+2*r.Float64(), north+2*(r.Float64()-0.5)
			way = append(way, at(east, north))
		}
		g := graph(street(way))
		if nodes, edges := g.Len(); nodes != 2 || edges != 1 {
			t.Errorf("%d vertices: %d nodes, %d edges", n, nodes, edges)
		}
		for _, p := range way {
			if s, ok := g.Nearest(p); !ok || s.Metres > walk.Tolerance+0.05 {
				t.Fatalf("%d vertices: one is %.2f m from the graph", n, s.Metres)
			}
		}
		file, _ := fileOf(t, g)
		if len(file) > 100+2*n {
			t.Errorf("%d vertices: a file of %d bytes", n, len(file))
		}
	}
}

func TestNearest(t *testing.T) {
	g := graph(
		street(line([2]float64{0, 0}, [2]float64{1000, 0}, [2]float64{1000, 1000})),
		street(line([2]float64{0, 300}, [2]float64{500, 300})),
		street(orb.LineString{{179.999, 60}, {-179.999, 60}}),
		street(orb.LineString{{20, 85.01}, {20.01, 85.01}}),
	)
	for _, c := range []struct{ of, want orb.Point }{
		{at(200, 100), at(200, 0)},
		{at(200, 200), at(200, 300)},
		{at(-30, -40), at(0, 0)},
		{at(1500, 700), at(1000, 700)},
		{orb.Point{-179.9995, 60.001}, orb.Point{-179.9995, 60}},
		{orb.Point{180, 60.001}, orb.Point{-180, 60}},
		{orb.Point{179.9, 60}, orb.Point{179.999, 60}},
		{orb.Point{20.005, 85.02}, orb.Point{20.005, 85.01}},
	} {
		got, ok := g.Nearest(c.of)
		if want := orbgeo.DistanceHaversine(c.of, c.want); !ok || orbgeo.DistanceHaversine(got.Point, c.want) > 0.1 || math.Abs(got.Metres-want) > 0.1 {
			t.Errorf("the nearest point to %v is %v at %.2f m, want %v at %.2f m", c.of, got.Point, got.Metres, c.want, want)
		}
	}
	for _, p := range []orb.Point{{181, 0}, {0, 91}, {math.NaN(), 0}, {math.Inf(1), 0}} {
		if s, ok := g.Nearest(p); ok {
			t.Errorf("%v: %+v", p, s)
		}
	}
	if s, ok := graph().Nearest(orb.Point{}); ok {
		t.Errorf("of an empty graph: %+v", s)
	}
}

func TestDistance(t *testing.T) {
	oneWay := street(line([2]float64{0, 0}, [2]float64{400, 0}))
	oneWay.Tags["oneway"] = "yes"
	g := graph(
		oneWay,
		street(line([2]float64{400, 0}, [2]float64{400, 300})),
		street(line([2]float64{400, 300}, [2]float64{0, 300})),
		street(line([2]float64{200, -100}, [2]float64{200, 100})),                                                                 // a bridge
		street(line([2]float64{1000, 0}, [2]float64{1100, 0}, [2]float64{1100, 100}, [2]float64{1000, 100}, [2]float64{1000, 0})), // an island
	)
	for _, c := range []struct {
		name     string
		from, to orb.Point
		want     float64 // negative for no way
	}{
		{"along one edge", at(100, 0), at(300, 0), 200},
		{"against a one-way street", at(300, 0), at(100, 0), 200},
		{"round the corners", at(100, 0), at(100, 300), 900},
		{"from beside the street", at(100, -50), at(100, 310), 960},
		{"no junction under the bridge", at(200, -100), at(400, 0), -1},
		{"to the island", at(400, 0), at(1000, 0), -1},
		{"round the island, the shorter way", at(1010, 0), at(1000, 10), 20},
		{"the same place", at(100, 20), at(100, 20), 40},
	} {
		for _, swap := range []bool{false, true} {
			from, to := c.from, c.to
			if swap {
				from, to = to, from
			}
			got, ok := g.Distance(from, to, 5000)
			if ok != (c.want >= 0) || ok && math.Abs(got-c.want) > 0.1 {
				t.Errorf("%s: %.2f m, %t, want %.2f m", c.name, got, ok, c.want)
			}
			if _, ok := g.Distance(from, to, c.want-1); ok {
				t.Errorf("%s: there is a way within the limit", c.name)
			}
		}
	}
	if _, ok := graph().Distance(at(0, 0), at(0, 0), 100); ok {
		t.Error("an empty graph has a way")
	}
}

// TestDistancesEqualBruteForce compares distances in random graphs with those of
// the algorithm of Floyd and Warshall on every vertex of the lines.
func TestDistancesEqualBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 3))
	for round := range 60 {
		const n = 40
		places := make([]orb.Point, n)
		for i := range places {
			places[i] = at(math.Round(2000*r.Float64()*100)/100, math.Round(2000*r.Float64()*100)/100)
		}
		length := make([][]float64, n)
		for i := range length {
			length[i] = make([]float64, n)
			for j := range length[i] {
				if i != j {
					length[i][j] = math.Inf(1)
				}
			}
		}
		var features []geo.Feature
		onLine := map[int]bool{}
		for range 4 + r.IntN(12) {
			at := r.IntN(n)
			way := orb.LineString{places[at]}
			for range 1 + r.IntN(6) {
				next := r.IntN(n)
				way = append(way, places[next])
				if next != at {
					d := orbgeo.DistanceHaversine(places[at], places[next])
					length[at][next], length[next][at] = d, d
					onLine[at], onLine[next] = true, true
				}
				at = next
			}
			features = append(features, street(way))
		}
		for k := range n {
			for i := range n {
				for j := range n {
					length[i][j] = min(length[i][j], length[i][k]+length[k][j])
				}
			}
		}
		g := graph(features...)
		for i := range n {
			for j := range n {
				if !onLine[i] || !onLine[j] {
					continue
				}
				got, ok := g.Distance(places[i], places[j], 1e6)
				if want := length[i][j]; ok != !math.IsInf(want, 1) || ok && math.Abs(got-want) > 0.5 {
					t.Fatalf("round %d: from %d to %d are %.2f m, %t, want %.2f m", round, i, j, got, ok, want)
				}
			}
		}
	}
}

// TestNearestEqualsBruteForce compares nearest points, of places anywhere, with
// those of all lines one by one.
func TestNearestEqualsBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 4))
	for range 50 {
		centre := orb.Point{360*r.Float64() - 180, 160*r.Float64() - 80}
		if r.IntN(3) == 0 {
			centre[0] = 180
		}
		near := func(size float64) orb.Point {
			lon := centre[0] + size*(r.Float64()-0.5)
			return orb.Point{lon - 360*math.Floor((lon+180)/360), centre[1] + size*(r.Float64()-0.5)}
		}
		var features []geo.Feature
		for range 50 {
			features = append(features, street(orb.LineString{near(0.02), near(0.02)}))
		}
		g := graph(features...)
		for range 20 {
			p := near(0.03)
			want := math.Inf(1)
			for _, f := range features {
				if s, ok := graph(f).Nearest(p); ok {
					want = min(want, s.Metres)
				}
			}
			if got, ok := g.Nearest(p); !ok || math.Abs(got.Metres-want) > 0.05 {
				t.Fatalf("%v: %.2f m, want %.2f m", p, got.Metres, want)
			}
		}
	}
}

// TestRealTown measures distances in a real town, on the lines of which every
// way is walkable but those that the data calls by two names.
func TestRealTown(t *testing.T) {
	features := wieliczka(t)
	g := graph(features...)
	nodes, edges := g.Len()
	components := g.Components()
	t.Logf("%d lines, %d nodes, %d edges, %.1f km, components %v", len(features), nodes, edges, g.Length()/1000, components[:min(5, len(components))])
	if edges > len(features) || components[0] < nodes*9/10 {
		t.Errorf("%d edges of %d lines; the largest component has %d of %d nodes", edges, len(features), components[0], nodes)
	}
	for _, f := range features {
		if !walk.Walkable(f.Tags) {
			continue
		}
		for _, p := range f.Geometry.(orb.LineString) {
			if s, ok := g.Nearest(p); !ok || s.Metres > walk.Tolerance+0.1 {
				t.Fatalf("%v is %.2f m from the graph", p, s.Metres)
			}
		}
	}
	var among []orb.Point
	for _, f := range features[:40] {
		among = append(among, f.Geometry.(orb.LineString)[0])
	}
	found := 0
	for _, a := range among {
		for _, b := range among {
			there, ok := g.Distance(a, b, 20_000)
			back, okBack := g.Distance(b, a, 20_000)
			if ok != okBack || math.Abs(there-back) > 0.1 || ok && there < orbgeo.DistanceHaversine(a, b)-2*walk.Tolerance {
				t.Fatalf("from %v to %v are %.1f m, and back %.1f m; %.1f m in a straight line", a, b, there, back, orbgeo.DistanceHaversine(a, b))
			}
			if ok {
				found++
			}
		}
	}
	if found < len(among)*len(among)*8/10 {
		t.Errorf("only %d of %d ways are found", found, len(among)*len(among))
	}
}

// city returns a grid of n by n junctions, 100 m apart, with four bends in every
// street.
func city(n int) (features []geo.Feature) {
	for _, north := range []bool{false, true} {
		for i := range n {
			var way orb.LineString
			for j := range 5*(n-1) + 1 {
				along, beside := 20*float64(j), 100*float64(i)
				if j%5 > 0 {
					beside += 3 * math.Sin(float64(i*j))
				}
				if north {
					along, beside = beside, along
				}
				way = append(way, at(along, beside))
			}
			features = append(features, street(way))
		}
	}
	return features
}

// BenchmarkBuild builds the graph of a made-up city of 90,000 junctions.
func BenchmarkBuild(b *testing.B) {
	features := city(300)
	b.ReportAllocs()
	for b.Loop() {
		g := graph(features...)
		if nodes, edges := g.Len(); nodes != 90_000-4 || edges < 179_000 {
			b.Fatal(nodes, edges)
		}
	}
}

// BenchmarkDistance measures distances of 0.5, 2 and 10 km in a made-up city of
// 90,000 junctions.
func BenchmarkDistance(b *testing.B) {
	g := graph(city(300)...)
	for _, metres := range []float64{500, 2000, 10_000} {
		b.Run(fmt.Sprint(metres), func(b *testing.B) {
			for b.Loop() {
				if d, ok := g.Distance(at(15_000, 15_000), at(15_000+metres*0.7, 15_000+metres*0.3), 1e6); !ok || d < metres*0.7 {
					b.Fatal(d)
				}
			}
		})
	}
	b.Run("nearest", func(b *testing.B) {
		for b.Loop() {
			g.Nearest(at(12_345, 6_789))
		}
	})
}
