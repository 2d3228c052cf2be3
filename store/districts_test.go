package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

func TestDistrictReadsBackAsWritten(t *testing.T) {
	s, d, _ := open(t)
	got, err := s.District(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	want := *d
	want.Places = nil
	for i := range want.Areas {
		want.Areas[i].Boundary = got.Areas[i].Boundary // compared below by its points
	}
	want.Notice = civic.Text{}
	want.Goals = map[civic.Measure]int{}
	want.Desk = civic.DeskSettings{TargetDays: 3, FlaggedWords: []string{}, ReplyDays: 30} // the defaults
	for i := range want.Categories {
		want.Categories[i].Hint = civic.Text{}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("district (-want +got):\n%s", diff)
	}
	areas := civic.NewAcceptor(&got, 0)
	if areas.AreaAt(orb.Point{19.95, 50.05}) != 1 || areas.AreaAt(orb.Point{20.02, 50.05}) != 2 || areas.AreaAt(orb.Point{20.08, 50.05}) != 0 {
		t.Error("the boundaries of areas are not those that were written")
	}
}

func TestNewBoundaryReassignsPinsAndKeepsOldVersion(t *testing.T) {
	s, d, conn := open(t)
	id := add(t, s, d, civic.Draft{Category: "trees", Title: "On the move", Point: orb.Point{20.02, 50.05}}, civic.Published)
	before, err := s.Changes(t.Context(), civic.Position{}, func(civic.MapPin) {})
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
		t.Errorf("the follower receives %+v, %+v, %v", moved, after, err)
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
			if got := civic.NewAcceptor(d, 0).AreaAt(p); got != want {
				t.Errorf("%v: area %d in Go, %d in SQL", p, got, want)
			}
		}
	}
}

// TestVisibilityOfPinsCannotChange checks that the visibility of a category is
// frozen while it has pins, whose shown locations depend on it, and only then.
func TestVisibilityOfPinsCannotChange(t *testing.T) {
	s, d, conn := open(t)
	change := func() error {
		_, err := conn.Exec(t.Context(), `update categories set visibility = 'point' where slug = 'fear'`)
		return err
	}
	add(t, s, d, civic.Draft{Category: "fear", Title: "Dark", Point: orb.Point{19.95, 50.05}}, civic.Pending)
	if err := change(); err == nil {
		t.Error("the visibility of a category with a pin was changed")
	}
	if _, err := conn.Exec(t.Context(), `delete from pins`); err != nil {
		t.Fatal(err)
	}
	if err := change(); err != nil {
		t.Errorf("the visibility of a category without pins cannot be changed: %v", err)
	}
	_, err := s.AddPin(t.Context(), d, civic.Actor{}, accept(t, d, civic.Draft{Category: "fear", Title: "Dark", Point: orb.Point{19.95, 50.05}}), civic.Published)
	if err == nil {
		t.Error("a pin was added with a shown location of the former visibility")
	}
}
