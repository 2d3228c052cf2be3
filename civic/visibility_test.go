package civic_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// TestShow checks that moving a pin within its cell does not change where it is
// shown, and that the shown location is in the same cells as the exact one at
// every resolution as coarse as the visibility allows.
func TestShow(t *testing.T) {
	d := district()
	for category, res := range map[string]geo.Resolution{"help": civic.BlurResolution, "fear": civic.HexResolution} {
		shown := map[geo.Cell]civic.Location{}
		for i := range 400 {
			p := orb.Point{19.95 + float64(i%20)*0.0004, 50.05 + float64(i/20)*0.0004}
			pin, err := d.Accept(civic.Draft{Category: category, Title: "x", Point: p}, civic.MaxDay)
			if err != nil {
				t.Fatal(err)
			}
			cell := pin.Exact.Cell.Parent(res)
			if was, ok := shown[cell]; ok && was != pin.Shown {
				t.Fatalf("%s: two pins in %s are shown at different locations", category, cell)
			}
			shown[cell] = pin.Shown
			for r := geo.Resolution(0); r <= res; r++ {
				if pin.Shown.Cell.Parent(r) != pin.Exact.Cell.Parent(r) {
					t.Fatalf("%s is counted in another cell at resolution %d", category, r)
				}
			}
			again, err := geo.CellAt(pin.Shown.Point)
			if err != nil || again.Parent(res) != cell {
				t.Fatalf("%s is shown outside its cell: %v", category, err)
			}
		}
		if len(shown) < 3 {
			t.Errorf("%s: only %d cells were tested", category, len(shown))
		}
	}
}

// TestShownIn checks at which resolution a statistic is, and of which categories: of
// all that are named, and else of those that are shown in such small cells.
func TestShownIn(t *testing.T) {
	d := civic.District{Categories: []civic.Category{
		{Slug: "fear", Kind: civic.Need, Visibility: civic.HexOnly},
		{Slug: "violence", Kind: civic.Need, Visibility: civic.HexOnly, Sensitive: true},
		{Slug: "trees", Kind: civic.Need, Visibility: civic.Exact},
		{Slug: "shelter", Kind: civic.Potential, Visibility: civic.HexOnly, Sensitive: true},
		{Slug: "help", Kind: civic.Potential, Visibility: civic.Blurred},
		{Slug: "advice", Kind: civic.Organisation, Visibility: civic.HexOnly, Sensitive: true},
	}}
	of := func(k ...civic.Kind) civic.Filter { return civic.Filter{Kinds: k} }
	named := func(slugs ...string) civic.Filter { return civic.Filter{Categories: slugs} }
	for _, test := range []struct {
		f            civic.Filter
		limiting     string
		byDefault, r geo.Resolution
		counted      []string // nil where the filter stays as it is
	}{
		{of(), "trees", 9, 8, nil}, {of(), "trees", 9, 9, []string{"fear", "trees", "help"}}, {of(), "trees", 9, 10, []string{"trees", "help"}},
		{of(civic.Need), "trees", 9, 8, nil}, {of(civic.Need), "trees", 9, 9, []string{"fear", "trees"}}, {of(civic.Need), "trees", 9, 11, []string{"trees"}},
		{of(civic.Potential), "help", 9, 10, []string{"help"}}, {of(civic.Organisation), "advice", 8, 8, nil},
		{named("trees", "violence", "fear"), "violence", 8, 8, nil}, {named("trees", "help"), "help", 9, 10, nil}, {named("trees"), "trees", 9, 15, nil},
		{civic.Filter{Kinds: []civic.Kind{civic.Organisation}, Categories: []string{"trees"}}, "", 9, 15, nil},
	} {
		if c, ok := d.Limiting(test.f); c.Slug != test.limiting || ok != (test.limiting != "") {
			t.Errorf("%v: limited by %q, %t, want %q", test.f, c.Slug, ok, test.limiting)
		}
		if got := d.DefaultResolution(test.f); got != test.byDefault {
			t.Errorf("%v: resolution %d, want %d", test.f, got, test.byDefault)
		}
		want := test.f
		if test.counted != nil {
			want.Categories = test.counted
		}
		if diff := cmp.Diff(want, d.ShownIn(test.r, test.f)); diff != "" {
			t.Errorf("%v at %d: %s", test.f, test.r, diff)
		}
	}
}
