package geo_test

import (
	"bufio"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/uber/h3-go/v4"

	"github.com/pinezka/pinezka/geo"
)

// fixture of the shared data, beside the repository; the test skips without it.
func fixture(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join("..", "..", "shared", "data", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no %s here: %v", name, err)
	}
	return path
}

func randomPoint(r *rand.Rand) orb.Point {
	return orb.Point{r.Float64()*360 - 180, math.Asin(r.Float64()*2-1) * 180 / math.Pi}
}

func ExampleCellAt() {
	cell, _ := geo.CellAt(orb.Point{19.9493, 50.0446}) // Rynek Podgórski
	fmt.Println(cell, cell.Parent(9), cell.Parent(9).ID())
	// Output: 8f1e2e686c96636 891e2e686cbffff 530954708582399
}

func TestCellArithmeticAgreesWithH3(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		cell, err := geo.CellAt(randomPoint(r))
		if err != nil {
			t.Fatal(err)
		}
		for res := geo.Resolution(0); res <= geo.Finest; res++ {
			want, err := h3.Cell(cell).Parent(int(res))
			if err != nil {
				t.Fatal(err)
			}
			got := cell.Parent(res)
			if got != geo.Cell(want) || got.Resolution() != res {
				t.Fatalf("parent of %s at %d: got %s, want %s", cell, res, got, want)
			}
			first, end := got.Span()
			if cell < first || cell >= end {
				t.Fatalf("%s is outside the span of its parent %s", cell, got)
			}
			child, err := want.CenterChild(int(geo.Finest))
			if err != nil {
				t.Fatal(err)
			}
			if got.CentreChild() != geo.Cell(child) {
				t.Fatalf("centre child of %s: got %s, want %s", got, got.CentreChild(), child)
			}
			if got.ID() >= 1<<53 {
				t.Fatalf("id of %s is not below 2^53", got)
			}
		}
	}
}

func TestSpansOfSiblingsDoNotMeet(t *testing.T) {
	pentagons, err := h3.Pentagons(3)
	if err != nil {
		t.Fatal(err)
	}
	for _, parent := range pentagons {
		children, err := parent.Children(4)
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(children)
		parentFirst, parentEnd := geo.Cell(parent).Span()
		last := parentFirst
		for _, c := range children {
			first, end := geo.Cell(c).Span()
			if first < last || end > parentEnd {
				t.Errorf("span of %s leaves its place in %s", c, parent)
			}
			last = end
		}
	}
}

func TestIDsAreDistinctAcrossResolutions(t *testing.T) {
	seen := map[uint64]geo.Cell{}
	cell, err := geo.CellAt(orb.Point{19.95, 50.04})
	if err != nil {
		t.Fatal(err)
	}
	for res := geo.Resolution(0); res <= geo.Finest; res++ {
		p := cell.Parent(res)
		if other, taken := seen[p.ID()]; taken {
			t.Errorf("%s and %s share the id %d", p, other, p.ID())
		}
		seen[p.ID()] = p
	}
}

// TestBoundariesAgainstReference holds the binding against the cells that H3's
// own tests use.
func TestBoundariesAgainstReference(t *testing.T) {
	for _, name := range []string{"rand09cells.txt", "bc14r08cells.txt"} {
		f, err := os.Open(fixture(t, "fixtures-h3/"+name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		var cell geo.Cell
		var ring orb.Ring
		at := 0
		for lines := bufio.NewScanner(f); lines.Scan(); {
			line := strings.TrimSpace(lines.Text())
			var lat, lon float64
			switch {
			case line == "" || line == "{":
			case line == "}":
				if at != len(ring)-1 {
					t.Fatalf("%s: %d vertices, want %d", cell, len(ring)-1, at)
				}
			case strings.Contains(line, " "):
				if _, err := fmt.Sscan(line, &lat, &lon); err != nil {
					t.Fatal(err)
				}
				off := math.Mod(math.Abs(ring[at].Lon()-lon), 360)
				if math.Abs(ring[at].Lat()-lat) > 1e-6 || min(off, 360-off) > 1e-6 {
					t.Fatalf("%s, vertex %d: got %v, want %v %v", cell, at, ring[at], lon, lat)
				}
				at++
			default:
				cell = geo.Cell(h3.CellFromString(line))
				ring, at = cell.Boundary(), 0
				for i := 1; i < len(ring); i++ {
					if math.Abs(ring[i].Lon()-ring[i-1].Lon()) > 180 {
						t.Fatalf("%s jumps across the antimeridian", cell)
					}
				}
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	for _, p := range []orb.Point{{181, 0}, {0, 91}, {math.NaN(), 0}, {0, math.Inf(1)}} {
		if _, err := geo.CellAt(p); !errors.Is(err, geo.ErrCoordinate) {
			t.Errorf("cell at %v: %v, want ErrCoordinate", p, err)
		}
	}
}

func TestProjectionRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		p := orb.Point{r.Float64()*360 - 180, r.Float64()*170 - 85}
		q := geo.Project(p).Point()
		if math.Abs(p.Lon()-q.Lon()) > 1e-7 || math.Abs(p.Lat()-q.Lat()) > 1e-7 {
			t.Fatalf("%v came back as %v", p, q)
		}
	}
	for _, p := range []orb.Point{{-180, 90}, {180, -90}, {0, 89}} {
		geo.Project(p) // clamped, not wrapped
	}
	if got := geo.Project(orb.Point{180, -90}); got.X != math.MaxUint32 || got.Y != math.MaxUint32 {
		t.Errorf("the last corner is %v", got)
	}
}

func TestMultiPolygon(t *testing.T) {
	clockwise := orb.Ring{{0, 0}, {0, 1}, {1, 1}, {1, 0}, {0, 0}}
	got, err := geo.MultiPolygon(orb.Polygon{clockwise})
	if err != nil || got[0][0].Orientation() != orb.CCW {
		t.Errorf("outer ring: %v, %v", got, err)
	}
	for name, g := range map[string]orb.Geometry{
		"nothing": nil, "a point": orb.Point{}, "no polygon": orb.MultiPolygon{}, "no ring": orb.Polygon{},
		"too short": orb.Polygon{{{0, 0}, {1, 1}, {0, 0}}}, "flat": orb.Polygon{{{0, 0}, {1, 1}, {2, 2}, {0, 0}}},
	} {
		if _, err := geo.MultiPolygon(g); !errors.Is(err, geo.ErrPolygon) {
			t.Errorf("%s: %v, want ErrPolygon", name, err)
		}
	}
	if _, err := geo.MultiPolygon(orb.Polygon{{{0, 0}, {200, 0}, {1, 1}, {0, 0}}}); !errors.Is(err, geo.ErrCoordinate) {
		t.Errorf("off the Earth: %v", err)
	}
}

// TestCoverHoldsEveryOverlap: the cell (by geometry, at its own resolution) of
// any point of a polygon is in the polygon's cover.
func TestCoverHoldsEveryOverlap(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 20 {
		west, south := 19+r.Float64(), 50+r.Float64()
		shape := orb.MultiPolygon{{{
			{west, south}, {west + 0.03, south + 0.002}, {west + 0.04, south + 0.03}, {west + 0.01, south + 0.012}, {west, south},
		}}}
		for res := geo.Resolution(6); res <= 10; res++ {
			cells, err := geo.Cover(shape, res, 1e5)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.IsSorted(cells) {
				t.Fatal("cover is not sorted")
			}
			for range 500 {
				p := orb.Point{west + r.Float64()*0.04, south + r.Float64()*0.03}
				if !geo.Contains(shape, p) {
					continue
				}
				c, err := h3.LatLngToCell(h3.NewLatLng(p.Lat(), p.Lon()), int(res))
				if err != nil {
					t.Fatal(err)
				}
				if _, found := slices.BinarySearch(cells, geo.Cell(c)); !found {
					t.Fatalf("cover at %d lacks %s, which holds %v", res, c, p)
				}
			}
		}
	}
	big := orb.MultiPolygon{orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{20, 20}}.ToPolygon()}
	if _, err := geo.Cover(big, 11, 1e5); !errors.Is(err, geo.ErrTooManyCells) {
		t.Errorf("a cover beyond the limit: %v", err)
	}
}
