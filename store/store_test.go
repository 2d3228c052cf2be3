package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// box is a rectangle as a multipolygon.
func box(west, south, east, north float64) orb.MultiPolygon {
	return orb.MultiPolygon{orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}.ToPolygon()}
}

// district with two areas that share a border, and a category of each visibility.
func district() civic.District {
	return civic.District{
		Slug: "test", Name: civic.Text{"en": "Test"}, Languages: []string{"en"}, TimeZone: "Europe/Warsaw", Moderation: civic.ModerateBefore,
		Boundary: box(19.9, 50.0, 20.1, 50.1),
		Areas: []civic.Area{
			{Slug: "west", Name: civic.Text{"en": "West"}, Boundary: box(19.9, 50.0, 20.0, 50.1)},
			{Slug: "east", Name: civic.Text{"en": "East"}, Boundary: box(20.0, 50.0, 20.05, 50.1), Residents: 900, Approximate: true},
		},
		Categories: []civic.Category{
			{Slug: "trees", Kind: civic.Need, Visibility: civic.Exact, Colour: "#336633", Label: civic.Text{"en": "Trees"}},
			{Slug: "help", Kind: civic.Potential, Visibility: civic.Blurred, Colour: "#663333", Label: civic.Text{"en": "Help"}},
			{Slug: "fear", Kind: civic.Need, Visibility: civic.HexOnly, Colour: "#333366", Label: civic.Text{"en": "Fear"}},
		},
		Places: []civic.Place{{Name: "Ławka Główna", Point: orb.Point{19.95, 50.05}}},
	}
}

// open a fresh store with the district in it.
func open(t testing.TB) (*store.Store, *civic.District, *pgx.Conn) {
	t.Helper()
	url := storetest.URL(t)
	s, err := store.Open(t.Context(), store.Config{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	d := district()
	if err := s.AddDistrict(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return s, &d, conn
}

func accept(t testing.TB, d *civic.District, draft civic.Draft) civic.NewPin {
	t.Helper()
	if draft.ReportedOn == 0 {
		draft.ReportedOn = 20000
	}
	pin, err := d.Accept(draft)
	if err != nil {
		t.Fatal(err)
	}
	return pin
}

func add(t testing.TB, s *store.Store, d *civic.District, draft civic.Draft, p civic.Publication) int64 {
	t.Helper()
	id, err := s.AddPin(t.Context(), d, accept(t, d, draft), p)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestDistrictReadsBackAsWritten(t *testing.T) {
	s, d, _ := open(t)
	got, err := s.District(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	want := *d
	want.Places = nil
	for i := range want.Areas {
		want.Areas[i].Boundary = got.Areas[i].Boundary // compared below, as shapes
	}
	want.Notice = civic.Text{}
	for i := range want.Categories {
		want.Categories[i].Hint = civic.Text{}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("district (-want +got):\n%s", diff)
	}
	if got.AreaAt(orb.Point{19.95, 50.05}) != 1 || got.AreaAt(orb.Point{20.02, 50.05}) != 2 || got.AreaAt(orb.Point{20.08, 50.05}) != 0 {
		t.Error("areas lie elsewhere than written")
	}
}

func TestDistrictRefused(t *testing.T) {
	s, _, _ := open(t)
	again := district()
	if err := s.AddDistrict(t.Context(), &again); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("a taken slug: got %v, want a conflict", err)
	}
	bowtie := district()
	bowtie.Slug = "bowtie"
	bowtie.Areas[0].Boundary = orb.MultiPolygon{{{{0, 0}, {1, 1}, {1, 0}, {0, 1}, {0, 0}}}}
	if err := s.AddDistrict(t.Context(), &bowtie); !errors.Is(err, civic.ErrInvalid) {
		t.Errorf("a self-crossing area: got %v, want invalid", err)
	}
	if _, err := s.District(t.Context(), "bowtie"); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("a refused district was kept: %v", err)
	}
}

func TestOnlyPublishedPinsAtTheirShownPlaces(t *testing.T) {
	s, d, conn := open(t)
	where := orb.Point{19.9512, 50.0523}
	exact := add(t, s, d, civic.Draft{Category: "trees", Title: "Exact", Point: where, Email: "a@example.org"}, civic.Published)
	blurred := add(t, s, d, civic.Draft{Category: "help", Title: "Blurred", Point: where, Email: "A@example.org"}, civic.Published)
	hexed := add(t, s, d, civic.Draft{Category: "fear", Title: "Hexed", Point: where}, civic.Published)
	pending := add(t, s, d, civic.Draft{Category: "trees", Title: "Pending", Point: where}, civic.Pending)

	cell, err := geo.CellAt(where)
	if err != nil {
		t.Fatal(err)
	}
	want := map[int64]orb.Point{
		exact: where, blurred: cell.Parent(civic.BlurResolution).Centre(), hexed: cell.Parent(civic.HexResolution).Centre(),
	}
	page, err := s.Pins(t.Context(), d, civic.PinQuery{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	got := map[int64]orb.Point{}
	for _, p := range page.Pins {
		got[p.ID] = p.Location.Point
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("shown places (-want +got):\n%s", diff)
	}
	if _, err := s.Pin(t.Context(), d, pending); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("a pending pin can be read: %v", err)
	}
	for _, p := range page.Pins {
		bound := p.Location.Point.Bound().Pad(1e-7)
		inBox, err := s.Pins(t.Context(), d, civic.PinQuery{Limit: 10, Box: &bound})
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range inBox.Pins {
			if q.ID == hexed {
				t.Error("a small box finds a pin that is shown in hexes only")
			}
		}
	}
	var contributors int
	if err := conn.QueryRow(t.Context(), `select count(*) from contributors`).Scan(&contributors); err != nil || contributors != 1 {
		t.Errorf("%d contributors (%v), want one for both spellings of an address", contributors, err)
	}

	if n, err := s.Publish(t.Context(), []int64{pending, exact}); err != nil || n != 1 {
		t.Errorf("publish: %d, %v; want 1", n, err)
	}
	if _, err := s.Publish(t.Context(), []int64{pending, 987654}); !errors.Is(err, civic.ErrNotFound) {
		t.Errorf("publish an unknown pin: %v", err)
	}
}

func TestPagesAndSearch(t *testing.T) {
	s, d, _ := open(t)
	for i := range 25 {
		add(t, s, d, civic.Draft{
			Category: "trees", Title: fmt.Sprintf("Ławka numer %d przy Świętokrzyskiej", i), Body: "Brakuje cienia.",
			Point: orb.Point{19.91 + float64(i)*0.006, 50.05}, ReportedOn: civic.Day(20000 + i/3),
		}, civic.Published)
	}
	var seen []int64
	q := civic.PinQuery{Limit: 7, Search: "lawki SWIETO"}
	for {
		page, err := s.Pins(t.Context(), d, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range page.Pins {
			seen = append(seen, p.ID)
		}
		if page.Next == nil {
			break
		}
		q.After = page.Next
	}
	if len(seen) != 25 {
		t.Errorf("pages hold %d pins, want 25", len(seen))
	}
	for i := 1; i < len(seen); i++ {
		if seen[i] >= seen[i-1] {
			t.Fatalf("pins out of order or twice: %v", seen)
		}
	}
	for _, q := range []string{`'; drop table pins; --`, "':*&|!() x", "nic takiego"} {
		page, err := s.Pins(t.Context(), d, civic.PinQuery{Limit: 5, Search: q})
		if err != nil || len(page.Pins) != 0 {
			t.Errorf("search %q: %d pins, %v", q, len(page.Pins), err)
		}
	}
	places, err := s.Places(t.Context(), d, "glowna", 5)
	if err != nil || len(places) != 1 || places[0].Name != "Ławka Główna" {
		t.Errorf("places: %v, %v", places, err)
	}
}

func TestBoundaryMovesPinsAndKeepsItsPast(t *testing.T) {
	s, d, conn := open(t)
	id := add(t, s, d, civic.Draft{Category: "trees", Title: "On the move", Point: orb.Point{20.02, 50.05}}, civic.Published)
	before, err := s.Changes(t.Context(), 0, func(civic.MapPin) {})
	if err != nil {
		t.Fatal(err)
	}
	_, err = conn.Exec(t.Context(), `update areas set boundary = $1::text::geometry where slug = 'west'`,
		"SRID=4326;MULTIPOLYGON(((19.9 50, 20.03 50, 20.03 50.1, 19.9 50.1, 19.9 50)))")
	if err != nil {
		t.Fatal(err)
	}
	pin, err := s.Pin(t.Context(), d, id)
	if err != nil || pin.AreaID != 1 {
		t.Errorf("area %d (%v), want 1: the first area in order covers it now", pin.AreaID, err)
	}
	var versions int
	if err := conn.QueryRow(t.Context(), `select count(*) from area_versions where version = 1`).Scan(&versions); err != nil || versions != 1 {
		t.Errorf("%d former boundaries (%v), want 1", versions, err)
	}
	var moved []civic.MapPin
	after, err := s.Changes(t.Context(), before.Next, func(p civic.MapPin) { moved = append(moved, p) })
	if err != nil || len(moved) != 1 || moved[0].AreaID != 1 || len(after.Districts) != 1 || after.Districts[0].Areas[0].Version != 2 {
		t.Errorf("the follower sees %+v, %+v, %v", moved, after, err)
	}
}

func TestAreaRuleIsTheSameInGoAndSQL(t *testing.T) {
	_, d, conn := open(t)
	for x := 19.89; x < 20.11; x += 0.005 {
		for _, y := range []float64{49.9999, 50, 50.05, 50.1, 50.1001} {
			var sql *int32
			p := orb.Point{x, y}
			err := conn.QueryRow(t.Context(), `select area_at($1, st_setsrid(st_point($2, $3), 4326))`, d.ID, x, y).Scan(&sql)
			if err != nil {
				t.Fatal(err)
			}
			want := int32(0)
			if sql != nil {
				want = *sql
			}
			if got := d.AreaAt(p); got != want {
				t.Errorf("%v: area %d in Go, %d in SQL", p, got, want)
			}
		}
	}
}

func TestVisibilityCannotChange(t *testing.T) {
	_, _, conn := open(t)
	if _, err := conn.Exec(t.Context(), `update categories set visibility = 'point' where slug = 'fear'`); err == nil {
		t.Error("the visibility of a category was changed behind its pins' back")
	}
}

func TestRemovedDistrictLeavesTombstones(t *testing.T) {
	s, d, _ := open(t)
	add(t, s, d, civic.Draft{Category: "trees", Title: "Gone soon", Point: orb.Point{19.95, 50.05}}, civic.Published)
	before, err := s.Changes(t.Context(), 0, func(civic.MapPin) {})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveDistrict(t.Context(), "test"); err != nil {
		t.Fatal(err)
	}
	gone := 0
	after, err := s.Changes(t.Context(), before.Next, func(p civic.MapPin) {
		if p.Deleted {
			gone++
		}
	})
	if err != nil || gone != 1 || !cmp.Equal(after.Removed, []int32{d.ID}) {
		t.Errorf("%d pins gone, %v removed (%v)", gone, after.Removed, err)
	}
}
