package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// TestExactCounts counts pins of several voices, with and without a contact, in
// areas and outside, published and not, of a period.
func TestExactCounts(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	may := day(2024, 5, 10)
	at := func(category, email string, lon float64, on civic.Day, publication civic.Publication) int64 {
		t.Helper()
		if email != "" {
			p.contact(t, email+"@example.org")
			email += "@example.org"
		}
		return add(t, p.Store, p.d, civic.Draft{Category: category, Title: "Pin", Point: orb.Point{lon, 50.05}, ReportedOn: on, Email: email}, publication)
	}
	const west, boundary, east, outside = 19.95, 20.0002, 20.02, 20.08
	tree := at("trees", "anna", west, may, civic.Published)
	again := add(t, p.Store, p.d, civic.Draft{Category: "trees", Title: "Another", Point: orb.Point{west, 50.06}, ReportedOn: may, Email: "anna@example.org"}, civic.Published)
	same := at("trees", "bruno", west, may, civic.Published)
	p.act(t, civic.Command{Action: civic.Merge, Into: tree}, same)
	for _, v := range []civic.Voice{{ContactID: p.contact(t, "dawid@example.org")}, {Device: "phone"}} {
		if err := p.Support(t.Context(), p.d, again, v); err != nil {
			t.Fatal(err)
		}
	}
	at("trees", "", west, may, civic.Published) // of nobody known
	at("trees", "", east, may, civic.Pending)
	ewa := at("trees", "ewa", outside, may, civic.Published)
	if _, err := p.conn.Exec(t.Context(), `
		with added as (
		  insert into sources
		  values ($1, 1, 'walk-2024')
		)
		update pins
		set source_id = 1, external_id = 'a'
		where pin_id = $2`, p.d.ID, ewa); err != nil {
		t.Fatal(err)
	}
	at("help", "fela", boundary, may, civic.Published) // shown somewhere near
	add(t, p.Store, p.d, civic.Draft{Category: "fear", Title: "Fear", Point: orb.Point{west, 50.05}, ReportedOn: may, Email: "anna@example.org"}, civic.Published)
	at("trees", "", west, may+31, civic.Published) // in June
	if _, err := hide(t, p.Store, p.d, moderator, []int64{at("trees", "", west, may, civic.Published)}, "off_topic"); err != nil {
		t.Fatal(err)
	}

	count := func(areas ...int32) civic.ExactCounts {
		t.Helper()
		got, err := p.ExactCounts(t.Context(), p.d, day(2024, 5, 1), day(2024, 6, 1), areas)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	want := civic.ExactCounts{
		All: civic.ExactCount{Published: 6, Waiting: 1, Voices: 7, WithoutContact: 2},
		ByCategory: []civic.ExactCount{
			{Category: "trees", Published: 4, Waiting: 1, Voices: 6, WithoutContact: 2},
			{Category: "help", Published: 1, Voices: 1},
			{Category: "fear", Published: 1, Voices: 1},
		},
		ByArea: []civic.ExactCount{
			{Area: "west", Published: 4, Voices: 5, WithoutContact: 2},
			{Area: "east", Published: 1, Waiting: 1, Voices: 1},
			{Published: 1, Voices: 1},
		},
		BySource: []civic.ExactCount{{Published: 5, Waiting: 1, Voices: 6, WithoutContact: 2}, {Source: "walk-2024", Published: 1, Voices: 1}},
	}
	if diff := cmp.Diff(want, count()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := count(p.d.Areas[0].ID); got.All != (civic.ExactCount{Published: 4, Voices: 5, WithoutContact: 2}) || len(got.ByArea) != 1 {
		t.Errorf("west: %+v", got)
	}
	if got, err := p.ExactCounts(t.Context(), p.d, 0, 0, nil); err != nil || got.All.Published != 7 {
		t.Errorf("always: %+v, %v", got.All, err)
	}
	if got, err := p.ExactCounts(t.Context(), p.d, day(2020, 1, 1), day(2020, 2, 1), nil); err != nil || got.All != (civic.ExactCount{}) || got.ByCategory != nil {
		t.Errorf("never: %+v, %v", got, err)
	}
}
