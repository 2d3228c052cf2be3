package demo_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/cmd/pinezka/demo"
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

func TestPlacesAreInTheDistrict(t *testing.T) {
	d := numbered(t)
	for _, p := range d.Places {
		if civic.NewAcceptor(d, 0).AreaAt(p.Point) == 0 {
			t.Errorf("%s is in no area", p.Name)
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
