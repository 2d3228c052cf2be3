package civic_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

func district() *civic.District {
	square := func(west, east float64) orb.MultiPolygon {
		return orb.MultiPolygon{orb.Bound{Min: orb.Point{west, 50}, Max: orb.Point{east, 50.1}}.ToPolygon()}
	}
	return &civic.District{
		Slug: "test", Name: civic.Text{"en": "Test"}, Languages: []string{"en"}, Boundary: square(19.9, 20.1), Moderation: civic.ModerateBefore,
		Areas: []civic.Area{
			{ID: 1, Slug: "west", Name: civic.Text{"en": "West"}, Boundary: square(19.9, 20)},
			{ID: 2, Slug: "east", Name: civic.Text{"en": "East"}, Boundary: square(20, 20.1)},
		},
		Categories: []civic.Category{
			{ID: 1, Slug: "trees", Kind: civic.Need, Visibility: civic.Exact, Colour: "#336633", Label: civic.Text{"en": "Trees"}},
			{ID: 2, Slug: "help", Kind: civic.Potential, Visibility: civic.Blurred, Colour: "#663333", Label: civic.Text{"en": "Help"}},
			{ID: 3, Slug: "fear", Kind: civic.Need, Visibility: civic.HexOnly, Colour: "#333366", Label: civic.Text{"en": "Fear"}},
		},
	}
}

func TestAcceptReportsEveryFault(t *testing.T) {
	d := district()
	good := civic.Draft{Category: "trees", Title: "A tree", Point: orb.Point{19.95, 50.05}}
	tests := []struct {
		name   string
		change func(*civic.Draft)
		want   []string // field.code
	}{
		{"good", func(*civic.Draft) {}, nil},
		{"empty", func(p *civic.Draft) { *p = civic.Draft{Point: orb.Point{999, 0}} }, []string{"category.missing", "title.missing", "place.malformed"}},
		{"unknown category", func(p *civic.Draft) { p.Category = "cats" }, []string{"category.unknown"}},
		{"blank title", func(p *civic.Draft) { p.Title = " \u202e\t\n " }, []string{"title.missing"}},
		{"long", func(p *civic.Draft) { p.Title, p.Body = strings.Repeat("ż", 121), strings.Repeat("x", 4001) }, []string{"title.too_long", "body.too_long"}},
		{"bytes", func(p *civic.Draft) { p.Body = "a\xffb" }, []string{"body.malformed"}},
		{"null byte", func(p *civic.Draft) { p.Title = "a\x00b" }, []string{"title.malformed"}},
		{"outside", func(p *civic.Draft) { p.Point = orb.Point{19.95, 51} }, []string{"place.outside"}},
		{"status of another kind", func(p *civic.Draft) { p.Status = civic.Active }, []string{"status.unknown"}},
		{"address", func(p *civic.Draft) { p.Email = "nobody@" }, []string{"email.malformed"}},
		{"day", func(p *civic.Draft) { p.ReportedOn = -1 }, []string{"date.outside"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			draft := good
			test.change(&draft)
			_, err := d.Accept(draft)
			var got []string
			var faults civic.Faults
			if errors.As(err, &faults) {
				for _, f := range faults {
					got = append(got, f.Field+"."+f.Code)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			if (err != nil) != errors.Is(err, civic.ErrInvalid) {
				t.Errorf("%v is not ErrInvalid", err)
			}
		})
	}
}

// TestShownPlacesGiveNothingAway: moving a pin within its cell does not change
// what is shown, and the shown place counts in the same cells at every
// resolution as coarse as the visibility allows.
func TestShownPlacesGiveNothingAway(t *testing.T) {
	d := district()
	for category, res := range map[string]geo.Resolution{"help": civic.BlurResolution, "fear": civic.HexResolution} {
		shown := map[geo.Cell]civic.Location{}
		for i := range 400 {
			p := orb.Point{19.95 + float64(i%20)*0.0004, 50.05 + float64(i/20)*0.0004}
			pin, err := d.Accept(civic.Draft{Category: category, Title: "x", Point: p})
			if err != nil {
				t.Fatal(err)
			}
			cell := pin.Exact.Cell.Parent(res)
			if was, ok := shown[cell]; ok && was != pin.Shown {
				t.Fatalf("%s: two pins of %s are shown apart", category, cell)
			}
			shown[cell] = pin.Shown
			for r := geo.Resolution(0); r <= res; r++ {
				if pin.Shown.Cell.Parent(r) != pin.Exact.Cell.Parent(r) {
					t.Fatalf("%s counts in another cell at resolution %d", category, r)
				}
			}
			again, err := geo.CellAt(pin.Shown.Point)
			if err != nil || again.Parent(res) != cell {
				t.Fatalf("%s is shown outside its cell: %v", category, err)
			}
		}
		if len(shown) < 3 {
			t.Errorf("%s: only %d cells were tried", category, len(shown))
		}
	}
}

func TestEveryPinHasOneArea(t *testing.T) {
	d := district()
	for want, p := range map[int32]orb.Point{1: {20, 50.05}, 2: {20.0000001, 50.05}, 0: {20.2, 50.05}} {
		if got := d.AreaAt(p); got != want {
			t.Errorf("%v: area %d, want %d", p, got, want)
		}
	}
}

func TestLifecycles(t *testing.T) {
	if err := civic.Pending.Step(civic.Published, civic.Moderator); err != nil {
		t.Error(err)
	}
	if err := civic.Pending.Step(civic.Published, civic.Resident); !errors.Is(err, civic.ErrForbidden) {
		t.Errorf("a resident publishes: %v", err)
	}
	if err := civic.Pending.Step(civic.Published, 0); !errors.Is(err, civic.ErrUnauthenticated) {
		t.Errorf("somebody unknown publishes: %v", err)
	}
	if err := civic.Withdrawn.Step(civic.Published, civic.Moderator); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("a withdrawn pin comes back: %v", err)
	}
	if err := civic.Reported.Step(civic.Met, civic.Animator); !errors.Is(err, civic.ErrConflict) {
		t.Errorf("a need skips its way: %v", err)
	}
	for _, k := range civic.Kinds() {
		if !k.Allows(k.InitialStatus()) {
			t.Errorf("a new %s starts with a status it cannot have", k)
		}
	}
	reached := map[civic.Status]bool{civic.Reported: true, civic.Active: true}
	for range civic.Statuses() {
		for from := range reached {
			for _, to := range civic.Statuses() {
				if from.Step(to, civic.Moderator) == nil {
					reached[to] = true
				}
			}
		}
	}
	if len(reached) != len(civic.Statuses()) {
		t.Errorf("only %d of %d statuses can be reached", len(reached), len(civic.Statuses()))
	}
}

func TestDays(t *testing.T) {
	for day := civic.Day(0); day <= civic.MaxDay; day += 13 {
		if got := civic.DayOf(day.Time()); got != day {
			t.Fatalf("day %d came back as %d", day, got)
		}
		if m := day.Month(); day < m.First() || day > m.Last() || m.First().Month() != m {
			t.Fatalf("%s is outside its month %s", day, m)
		}
	}
	midnight := time.Date(2026, 3, 1, 0, 30, 0, 0, time.FixedZone("east", 2*3600))
	if got := civic.DayOf(midnight).String(); got != "2026-03-01" {
		t.Errorf("half past midnight is on %s", got)
	}
	for _, s := range []string{"", "2026", "2026-13", "2026-02-30", "1969-12", "2150-01", "03-2026", "2026-3"} {
		if _, _, err := civic.ParsePeriod(s); !errors.Is(err, civic.ErrInvalid) {
			t.Errorf("%q: %v, want invalid", s, err)
		}
	}
}

func ExampleParsePeriod() {
	first, last, _ := civic.ParsePeriod("2024-02")
	fmt.Println(first, last)
	// Output: 2024-02-01 2024-02-29
}

func TestDistrictCheck(t *testing.T) {
	if err := district().Check(); err != nil {
		t.Error(err)
	}
	d := district()
	d.Slug, d.TimeZone, d.Areas[1].Slug, d.Categories[0].Colour = "Test!", "Mars/Base", "west", "green"
	d.Languages = []string{"en", "polish!"}
	var faults civic.Faults
	if !errors.As(d.Check(), &faults) || len(faults) != 5 {
		t.Errorf("got %v", faults)
	}
}
