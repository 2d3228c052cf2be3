package store_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
)

// TestAddDistrictRejects checks that what is wrong with a district is named, such
// as the area whose boundary crosses itself: case import-self-intersecting-area.
func TestAddDistrictRejects(t *testing.T) {
	s, _, _ := open(t)
	bowtie := orb.Polygon{{{0, 0}, {1, 1}, {1, 0}, {0, 1}, {0, 0}}}
	for name, test := range map[string]struct {
		change  func(*civic.District)
		want    error  // nil for any error
		message string // part of the message, which names the invalid part
	}{
		"slug of another district":     {func(d *civic.District) { d.Slug = "test" }, civic.ErrConflict, "test"},
		"no categories":                {func(d *civic.District) { d.Categories = nil }, civic.ErrInvalid, "categories"},
		"boundary that crosses itself": {func(d *civic.District) { d.Boundary = append(d.Boundary, bowtie) }, civic.ErrInvalid, "the boundary: Self-intersection"},
		"area that crosses itself":     {func(d *civic.District) { d.Areas[1].Boundary = orb.MultiPolygon{bowtie} }, civic.ErrInvalid, `area "East": Self-intersection`},
		"two areas that cross": {func(d *civic.District) {
			d.Areas[0].Boundary, d.Areas[1].Boundary = orb.MultiPolygon{bowtie}, orb.MultiPolygon{bowtie}
		}, civic.ErrInvalid, `area "West": Self-intersection`},
		"ring that is not closed":        {func(d *civic.District) { d.Areas[1].Boundary[0][0] = d.Areas[1].Boundary[0][0][:4] }, civic.ErrInvalid, `area "East": a ring has fewer than four points or is not closed`},
		"number of residents below zero": {func(d *civic.District) { d.Areas[1].Residents = -1 }, nil, "area east: "},
		"character that is not allowed":  {func(d *civic.District) { d.Categories[2].Icon = "\x00" }, nil, "category fear: "},
		"place without a name":           {func(d *civic.District) { d.Places = append(d.Places, civic.Place{}) }, nil, "place : "},
	} {
		d := district()
		d.Slug = "rejected"
		test.change(&d)
		err := s.AddDistrict(t.Context(), &d)
		if err == nil || test.want != nil && !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.message) {
			t.Errorf("%s: got %v, want %v with %q", name, err, test.want, test.message)
		}
		if _, err := s.District(t.Context(), "rejected"); !errors.Is(err, civic.ErrNotFound) {
			t.Errorf("%s: the district was added: %v", name, err)
		}
	}
}

func TestDistrictOfTouchingPolygons(t *testing.T) {
	s, _, _ := open(t)
	d := district()
	d.Slug, d.Boundary = "touching", append(box(19.9, 50.0, 20.0, 50.1), box(20.0, 50.0, 20.1, 50.1)...)
	if err := s.AddDistrict(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	if len(d.Boundary) != 1 || !d.Boundary.Bound().Equal(district().Boundary.Bound()) {
		t.Errorf("the boundary is %v, want one polygon", d.Boundary)
	}
}

// statementCounter is a tracer that counts queries and COPY statements.
type statementCounter struct{ atomic.Int64 }

func (c *statementCounter) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	c.Add(1)
	return ctx
}

func (c *statementCounter) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

func (c *statementCounter) TraceCopyFromStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceCopyFromStartData) context.Context {
	c.Add(1)
	return ctx
}

func (c *statementCounter) TraceCopyFromEnd(context.Context, *pgx.Conn, pgx.TraceCopyFromEndData) {}

// manyAreas returns a new district with n areas, n categories and n places.
func manyAreas(slug string, n int) civic.District {
	d := district()
	trees, place := d.Categories[0], d.Places[0]
	d.Slug, d.Areas, d.Categories, d.Places = slug, nil, nil, nil
	for i := range n {
		west, south := 19.9+float64(i%40)*0.004, 50+float64(i/40)*0.003
		trees.Slug = fmt.Sprintf("trees-%d", i)
		d.Categories, d.Places = append(d.Categories, trees), append(d.Places, place)
		d.Areas = append(d.Areas, civic.Area{
			Slug: fmt.Sprintf("area-%d", i), Name: civic.Text{"en": "Area"}, Boundary: box(west, south, west+0.004, south+0.003),
		})
	}
	return d
}

func TestNoStatementPerArea(t *testing.T) {
	var statements statementCounter
	s, err := store.OpenTraced(t.Context(), store.Config{URL: storetest.URL(t)}, &statements)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	count := func(f func() error) int64 {
		t.Helper()
		before := statements.Load()
		if err := f(); err != nil {
			t.Fatal(err)
		}
		return statements.Load() - before
	}
	add := func(n int) func() error {
		return func() error {
			d := manyAreas(fmt.Sprintf("with-%d", n), n)
			return s.LoadDistrict(t.Context(), &d, func() iter.Seq2[civic.NewPin, error] {
				return func(yield func(civic.NewPin, error) bool) {
					for range n {
						yield(accept(t, &d, civic.Draft{Category: "trees-0", Title: "Trees", Point: orb.Point{19.95, 50.05}}), nil)
					}
				}
			})
		}
	}
	read := func() error {
		all, err := s.Districts(t.Context())
		for _, d := range all {
			if want := fmt.Sprintf("with-%d", len(d.Areas)); d.Slug != want || len(d.Categories) != len(d.Areas) {
				t.Errorf("district %s has %d areas and %d categories", d.Slug, len(d.Areas), len(d.Categories))
			}
		}
		return err
	}
	count(add(2)) // opens the connection, and loads into an empty table, which takes other statements
	few, readTwo := count(add(3)), count(read)
	many, readAll := count(add(300)), count(read)
	if many != few {
		t.Errorf("a district with 300 areas took %d statements, one with 3 took %d", many, few)
	}
	if readAll != readTwo {
		t.Errorf("reading three districts took %d statements, two took %d", readAll, readTwo)
	}
}

func BenchmarkAddDistrict(b *testing.B) {
	s, err := store.Open(b.Context(), store.Config{URL: storetest.URL(b)})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	for n := 0; b.Loop(); n++ {
		d := manyAreas(fmt.Sprintf("benchmark-%d", n), 1000)
		if err := s.AddDistrict(b.Context(), &d); err != nil {
			b.Fatal(err)
		}
	}
}

// TestRejectedRow checks that only a line that was sent is a row: a COPY whose
// connection is terminated before the first one names line 0.
func TestRejectedRow(t *testing.T) {
	for where, want := range map[string]int{ // -1 for none
		"COPY leaves, line 1":                     0,
		"COPY leaves, line 3, column pins: \"x\"": 2,
		"COPY leaves, line 0":                     -1,
		"COPY leaves, line 4":                     -1,
		"COPY leaf_cells, line 1":                 -1,
		"":                                        -1,
	} {
		i, named := store.RejectedRow(fmt.Errorf("copy: %w", &pgconn.PgError{Where: where}), "leaves", 3)
		if !named {
			i = -1
		}
		if i != want {
			t.Errorf("%q: row %d, want %d", where, i, want)
		}
	}
	if _, named := store.RejectedRow(errors.New("connection reset"), "leaves", 3); named {
		t.Error("an error of the connection names a row")
	}
}
