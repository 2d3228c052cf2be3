package areas

import (
	"bytes"
	"context"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/analysis/rates"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/charts"
	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/provenance"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
	"github.com/pinezka/pinezka/web/upcoming"
)

// TestCompare checks what is said of two counts, by the exact interval of their
// ratio a day: seasons can have a few days more or less.
func TestCompare(t *testing.T) {
	for _, test := range []struct {
		now, days, before, daysBefore int
		want                          rates.Verdict
	}{
		{0, 184, 0, 181, rates.TooLittleData}, {9, 184, 0, 181, rates.TooLittleData}, {10, 184, 0, 181, rates.More}, {0, 184, 10, 181, rates.Fewer},
		{20, 184, 5, 181, rates.More}, {32, 184, 17, 181, rates.NoClearDifference}, {5, 184, 20, 181, rates.Fewer}, {100, 184, 100, 181, rates.NoClearDifference},
		{100, 10, 100, 100, rates.More},
	} {
		if got := compare(test.now, test.days, test.before, test.daysBefore); got.Verdict != test.want {
			t.Errorf("%+v: %s, %v", test, got.Verdict, got.Interval)
		}
	}
}

// TestClusters checks that a planted cluster is found, and nothing where there is
// too little data.
func TestClusters(t *testing.T) {
	v := testVersion(t, 3000)
	hexes, err := v.Hexes(civic.HexResolution, civic.Filter{Areas: []string{"west"}})
	if err != nil {
		t.Fatal(err)
	}
	found, err := clustersOf(hexes, nil)
	if err != nil || found.minimum != 0 || len(found.hot) == 0 || len(found.hot) > 30 {
		t.Errorf("%d of %d cells, %v, %v", len(found.hot), len(hexes), found.minimum, err)
	}
	for i := range hexes {
		hexes[i].Need = 0
	}
	if none, err := clustersOf(hexes, nil); err != nil || none.minimum == 0 || none.hot != nil {
		t.Errorf("%+v, %v", none, err)
	}
}

// testVersion returns an index with n pins at random, a tenth of them around one
// place, in a district of two areas with about 5,000 cells of resolution 10, over
// the two years before July 2026.
func testVersion(t testing.TB, n int) *index.Version {
	t.Helper()
	box := func(west, east float64) orb.MultiPolygon {
		return orb.MultiPolygon{orb.Bound{Min: orb.Point{west, 50}, Max: orb.Point{east, 50.075}}.ToPolygon()}
	}
	d := civic.District{
		ID: 1, Slug: "trial", Name: civic.Text{"en": "Trial"}, Languages: []string{"en"}, Boundary: box(19.9, 20.03),
		Areas: []civic.Area{
			{ID: 1, Slug: "west", Name: civic.Text{"en": "West"}, Boundary: box(19.9, 19.97), Residents: 14_000},
			{ID: 2, Slug: "east", Name: civic.Text{"en": "East"}, Boundary: box(19.97, 20.03), Residents: 9000},
		},
	}
	for i := range int32(20) {
		kind := civic.Need
		if i >= 14 {
			kind = civic.Organisation
		}
		d.Categories = append(d.Categories, civic.Category{ID: i + 1, Slug: "c" + string('a'+i), Kind: kind, Visibility: civic.Exact, Label: civic.Text{"en": "Category"}})
	}
	r := rand.New(rand.NewPCG(14, 14))
	var rows index.Rows
	for i := range n {
		at := orb.Point{19.9 + 0.13*r.Float64(), 50 + 0.075*r.Float64()}
		if i%10 == 0 {
			at = orb.Point{19.94 + 0.002*r.NormFloat64(), 50.03 + 0.001*r.NormFloat64()}
		}
		l, err := civic.LocationAt(at)
		if err != nil {
			t.Fatal(err)
		}
		area := uint16(1)
		if at.Lon() > 19.97 {
			area = 2
		}
		rows.Add(civic.MapPin{DistrictID: 1, ID: int64(i + 1), Shown: l, CategoryID: uint16(1 + r.IntN(20)), AreaID: area, Status: civic.Reported, Day: civic.Day(19_900 + r.IntN(730))})
	}
	return index.New(d, &rows, index.Config{})
}

// noPins is a store without pins and without a population.
type noPins struct{}

func (noPins) Population(context.Context, *civic.District) (civic.Population, error) {
	return civic.Population{ByArea: map[string]int{"west": 14_000, "east": 9000}, Total: 23_000}, nil
}

func (noPins) HexOnlyCounts(context.Context, *civic.District, civic.HexOnlyQuery) ([]civic.HexOnlyCount, error) {
	return nil, nil
}

func (noPins) Pins(context.Context, *civic.District, civic.PinQuery) (civic.PinPage, error) {
	return civic.PinPage{}, nil
}

func (noPins) CountThings(context.Context, *civic.District, civic.ThingQuery) (int, error) {
	return 0, nil
}

func (noPins) Calendar(context.Context, *civic.District, civic.CalendarQuery) ([]civic.CalendarEntry, error) {
	return nil, nil
}

// BenchmarkAreaPage summarises an area of a district with a million pins in about
// 5,000 cells of resolution 10, and renders its page.
func BenchmarkAreaPage(b *testing.B) {
	parts := []fs.FS{page.Files, provenance.Files, charts.Files, sheets.Files, upcoming.Files, Files}
	catalogue, err := i18n.Load(parts...)
	if err != nil {
		b.Fatal(err)
	}
	now := time.Date(2026, 7, 15, 0, 0, 0, 0, time.UTC)
	service := &serve.Service{Sender: serve.NewSender(1 << 26), Live: tiles.New(tiles.Config{}), Rendering: serve.NewLimiter(4), Now: func() time.Time { return now }}
	pages, err := page.New(page.Config{Service: service, Catalogue: catalogue, Parts: parts, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	h, v := handlers{Config{Service: service, Pages: pages, Store: noPins{}}}, testVersion(b, 1_000_000)
	r := httptest.NewRequest(http.MethodGet, "/d/trial/areas/west", nil)
	r.SetPathValue("district", "trial")
	r.SetPathValue("area", "west")
	size := 0
	for b.Loop() {
		w := httptest.NewRecorder()
		if err := h.showArea(w, r, v); err != nil {
			b.Fatal(err)
		}
		if w.Code != http.StatusOK || !bytes.Contains(w.Body.Bytes(), []byte("West")) {
			b.Fatalf("status %d", w.Code)
		}
		size = w.Body.Len()
	}
	b.ReportMetric(float64(size), "bytes")
}
