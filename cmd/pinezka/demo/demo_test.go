package demo_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/placename"
	"github.com/pinezka/pinezka/cmd/pinezka/demo"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/ingest/gazetteer"
)

// numbered returns the demo district with ids, as the database would assign
// them.
func numbered(t testing.TB) *civic.District {
	t.Helper()
	d, err := demo.District()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	for i := range d.Areas {
		d.Areas[i].ID = int32(i + 1)
	}
	for i := range d.Categories {
		d.Categories[i].ID = int32(i + 1)
	}
	return &d
}

func TestPinsAreRealistic(t *testing.T) {
	const n, today = 2000, civic.Day(20700)
	d := numbered(t)
	kinds, areas, months, titles := map[civic.Kind]int{}, map[int32]int{}, map[civic.Month]int{}, map[string]int{}
	for pin, err := range demo.Pins(d, n, 1, today) {
		if err != nil {
			t.Fatal(err)
		}
		if pin.ReportedOn > today || pin.ReportedOn <= today-730 {
			t.Errorf("reported on %s", pin.ReportedOn)
		}
		kinds[pin.Category.Kind]++
		areas[pin.AreaID]++
		months[pin.ReportedOn.Month()]++
		titles[pin.Title]++
	}
	if kinds[civic.Need] < n/2 || kinds[civic.Potential] < n/10 || kinds[civic.Organisation] < 30 {
		t.Errorf("kinds: %v", kinds)
	}
	if len(areas) < len(d.Areas) || len(months) < 24 || len(titles) < n/4 {
		t.Errorf("%d areas, %d months, %d different titles", len(areas), len(months), len(titles))
	}
}

func TestSameSeedSamePins(t *testing.T) {
	d := numbered(t)
	list := func(seed uint64) (titles []string) {
		for pin, err := range demo.Pins(d, 50, seed, 20700) {
			if err != nil {
				t.Fatal(err)
			}
			titles = append(titles, pin.Title)
		}
		return titles
	}
	if diff := cmp.Diff(list(5), list(5)); diff != "" {
		t.Errorf("seed 5 generates different pins:\n%s", diff)
	}
	if cmp.Equal(list(5), list(6)) {
		t.Error("seeds 5 and 6 generate the same pins")
	}
}

// TestPlacesAreInAndAroundTheDistrict checks that places are in the district or
// near it, as those of a basemap are.
func TestPlacesAreInAndAroundTheDistrict(t *testing.T) {
	d := numbered(t)
	box, acceptor := geo.BoxOf(d.Boundary).Pad(gazetteer.Margin), civic.NewAcceptor(d, 0)
	outside := map[string]bool{}
	for _, p := range d.Places {
		if !box.Contains(p.Point) {
			t.Errorf("%s is far outside", p.Name)
		}
		outside[p.Name] = acceptor.AreaAt(p.Point) == 0
	}
	for _, name := range []string{"Zakrzówek", "Kazimierz", "Miodowa"} {
		if !outside[name] {
			t.Errorf("%s, which is outside the district, is not among its places", name)
		}
	}
	for _, name := range []string{"Kładka Ojca Bernatka", "Most Piłsudskiego", "Most Kotlarski", "Bulwar Podolski", "Henryka Kamieńskiego"} {
		if isOutside, ok := outside[name]; isOutside || !ok {
			t.Errorf("%s, which is partly in the district, is outside", name)
		}
	}
}

// TestSearchesOfPlaces searches the places of the demo district as people type.
func TestSearchesOfPlaces(t *testing.T) {
	places := numbered(t).Places
	for typed, want := range map[string][]string{
		"30-549":            {"street Kącik", "street Romualda Traugutta"},
		"30-551":            {"address Bolesława Limanowskiego 51"},
		"zakrzowek":         {"locality Zakrzówek", "water Zakrzówek"},
		"limanowskiego":     {"stop Limanowskiego", "street Bolesława Limanowskiego"},
		"Korona":            {"stop Korona", "other Korona"},
		"Kuklińskiego":      {"stop Kuklińskiego", "street płk. Ryszarda Kuklińskiego"},
		"kopiec kraka":      {"other Kopiec Krakusa"},
		"Kabel":             {"locality Kabel", "stop Kabel"},
		"Kraków Zabłocie":   {"stop Kraków Zabłocie"},
		"szkola muzyczna":   {"school Szkoła Muzyczna im. Bronisława Rutkowskiego"},
		"kladka bernatka":   {"street Kładka Ojca Bernatka"},
		"krzemionki 11":     {"address Krzemionki 11"},
		"park bednarskiego": {"park Park im. Wojciecha Bednarskiego"},
	} {
		var got []string
		for _, p := range placename.Parse(typed).Rank(places, orb.Point{19.9501, 50.0444}) {
			if !p.Approximate {
				got = append(got, p.Kind.String()+" "+p.Name)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", typed, diff)
		}
	}
}

// TestStopsAreListedOnce searches each stop by its name, and checks that no two
// places that are found are at the same spot, such as a stop of the sketch and
// one of the texts.
func TestStopsAreListedOnce(t *testing.T) {
	const sameSpot = 150 // metres
	places := numbered(t).Places
	for _, stop := range places {
		if stop.Kind != civic.PlaceStop {
			continue
		}
		n := 0
		for _, p := range placename.Parse(stop.Name).Rank(places, stop.Point) {
			if (p.Kind == civic.PlaceStop || p.Kind == civic.PlaceOther && strings.Contains(p.Name, " ")) && orbgeo.Distance(p.Point, stop.Point) < sameSpot {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s is found %d times", stop.Name, n)
		}
	}
}

func BenchmarkPins(b *testing.B) {
	d := numbered(b)
	for _, err := range demo.Pins(d, b.N, 1, 20700) {
		if err != nil {
			b.Fatal(err)
		}
	}
}

func TestAreas(t *testing.T) {
	for _, a := range numbered(t).Areas {
		if !a.Approximate || a.Residents == 0 || a.Name["pl"] == "" {
			t.Errorf("area %s: approximate %t, %d residents, name %v", a.Slug, a.Approximate, a.Residents, a.Name)
		}
	}
}
