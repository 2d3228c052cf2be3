package geo_test

import (
	"bufio"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/uber/h3-go/v4"

	orbgeo "github.com/paulmach/orb/geo"

	"github.com/pinezka/pinezka/geo"
)

func ExampleCellAt() {
	cell, _ := geo.CellAt(orb.Point{19.9493, 50.0446}) // Rynek Podgórski
	fmt.Println(cell, cell.Parent(9), cell.Parent(9).ID())
	// Output: 8f1e2e686c96636 891e2e686cbffff 530954708582399
}

// TestCellArithmetic compares parents, spans and centre children with those
// that H3 computes.
func TestCellArithmetic(t *testing.T) {
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

// TestSpansOfSiblingsAreDisjoint checks that the spans of the children of a
// cell divide its own.
func TestSpansOfSiblingsAreDisjoint(t *testing.T) {
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
				t.Errorf("span of %s is not within that of %s", c, parent)
			}
			last = end
		}
	}
}

// TestIDsAreDistinct compares cells of all resolutions.
func TestIDsAreDistinct(t *testing.T) {
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

// TestBoundariesAgainstReference compares boundaries with those of the tests of
// H3.
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
						t.Fatalf("the boundary of %s is not contiguous across the antimeridian", cell)
					}
				}
			}
		}
	}
}

// TestInvalidCoordinates checks that CellAt refuses them.
func TestInvalidCoordinates(t *testing.T) {
	for _, p := range []orb.Point{{181, 0}, {0, 91}, {math.NaN(), 0}, {0, math.Inf(1)}} {
		if _, err := geo.CellAt(p); !errors.Is(err, geo.ErrCoordinate) {
			t.Errorf("cell at %v: %v, want ErrCoordinate", p, err)
		}
	}
}

// TestEdgeLengthBoundsCells checks all over the Earth that the vertices of a
// cell, and the points counted in it, are within two edge lengths of its
// centre.
func TestEdgeLengthBoundsCells(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	farthest := 0.0 // in edge lengths
	for range 20_000 {
		p := orb.Point{360*r.Float64() - 180, math.Asin(2*r.Float64()-1) * 180 / math.Pi}
		cell, err := geo.CellAt(p)
		if err != nil {
			t.Fatal(err)
		}
		res := geo.Resolution(4 + r.IntN(8))
		c := cell.Parent(res)
		for _, q := range append(c.Boundary(), p) {
			farthest = max(farthest, orbgeo.DistanceHaversine(c.Centre(), q)/res.EdgeLength())
		}
	}
	if farthest > 2 || farthest < 1 {
		t.Errorf("the farthest point is %.2f edge lengths from the centre of its cell, want 1 to 2", farthest)
	}
}

func TestParseCell(t *testing.T) {
	for _, in := range []string{"891e2040d4bffff", "841e205ffffffff", "8f1e2040d4a8a5b"} {
		if c, err := geo.ParseCell(in); err != nil || c.String() != in {
			t.Errorf("%q is %v: %v", in, c, err)
		}
	}
	for _, in := range []string{"", "x", "0", "891E2040D4BFFFF", "0891e2040d4bffff", " 891e2040d4bffff", "891e2040d4bfff", "891e2040d4bfff0", "ffffffffffffffff", "1f1e2040d4a8a5b00", "-1"} {
		if c, err := geo.ParseCell(in); !errors.Is(err, geo.ErrCell) || c != 0 {
			t.Errorf("%q is %v: error is %v, want %v", in, c, err, geo.ErrCell)
		}
	}
}

// FuzzParseCell checks that every cell that ParseCell returns has the text as its
// form, and a span.
func FuzzParseCell(f *testing.F) {
	for _, seed := range []string{"891e2040d4bffff", "841e205ffffffff", "8f1e2040d4a8a5b", "ffffffffffffffff", "80", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		c, err := geo.ParseCell(in)
		if err != nil {
			return
		}
		if first, end := c.Span(); c.String() != in || first >= end || first.Parent(c.Resolution()) != c {
			t.Fatalf("%q is %v, whose cells are %v to %v", in, c, first, end)
		}
	})
}
