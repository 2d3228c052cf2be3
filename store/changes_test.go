package store_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// TestChangedThingsAreReported checks that a new office, a changed one, and one that is
// no longer public are reported, once each, also when the transaction was open at the
// reading before, and that pins are not among them. The beginning has those that are
// on the map.
func TestChangedThingsAreReported(t *testing.T) {
	t.Parallel()
	s, d, conn := open(t)
	var since civic.Position
	check := func(what string, want ...civic.MapThing) {
		t.Helper()
		changes, err := s.Changes(t.Context(), since, func(civic.MapPin) {})
		if err != nil {
			t.Fatal(err)
		}
		since = changes.Next
		if diff := cmp.Diff(want, changes.Things, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	do := func(c civic.Command) civic.MapThing {
		t.Helper()
		out, err := s.Do(t.Context(), d, moderator, c)
		if err != nil {
			t.Fatal(err)
		}
		return civic.MapThing{DistrictID: d.ID, ID: out.Changed[0].ID, Kind: out.Changed[0].Kind}
	}
	check("at the beginning")
	record, err := d.AcceptRecord(office())
	if err != nil {
		t.Fatal(err)
	}
	shown := do(civic.Command{Action: civic.Submit, Kind: civic.OfficeThing, Content: record})
	shown.Point = *office().Point
	check("a new one", shown)
	check("nothing")
	since = civic.Position{}
	check("at the beginning again", shown)
	add(t, s, d, civic.Draft{Category: "trees", Title: "Trees", Point: orb.Point{19.95, 50.05}}, civic.Published)
	check("a pin")
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `update things set version = version + 1 where kind = 'office'`); err != nil {
		t.Fatal(err)
	}
	add(t, s, d, civic.Draft{Category: "trees", Title: "More trees", Point: orb.Point{19.95, 50.05}}, civic.Published)
	check("a change that is not committed")
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	check("its commit", shown)
	check("nothing again")
	hidden := do(civic.Command{Action: civic.Hide, Things: []int64{shown.ID}, Version: 2, Reason: "it has moved"})
	hidden.Deleted = true
	check("a hidden one", hidden)
	since = civic.Position{}
	check("at the beginning, when it is hidden")
}

func TestRemoveDistrictLeavesTombstones(t *testing.T) {
	s, d, _ := open(t)
	add(t, s, d, civic.Draft{Category: "trees", Title: "Trees", Point: orb.Point{19.95, 50.05}}, civic.Published)
	before, err := s.Changes(t.Context(), civic.Position{}, func(civic.MapPin) {})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveDistrict(t.Context(), "test"); err != nil {
		t.Fatal(err)
	}
	deleted := 0
	after, err := s.Changes(t.Context(), before.Next, func(p civic.MapPin) {
		if p.Deleted {
			deleted++
		}
	})
	if err != nil || deleted != 1 || !cmp.Equal(after.Removed, []int32{d.ID}) {
		t.Errorf("%d deleted pins, deleted districts %v (%v)", deleted, after.Removed, err)
	}
}

// TestChangesAreReportedOnce has a transaction open while others commit. It must
// not make every later reading report their rows again.
func TestChangesAreReportedOnce(t *testing.T) {
	t.Parallel()
	s, d, conn := open(t)
	var since civic.Position
	changed := func() []int64 {
		t.Helper()
		var ids []int64
		changes, err := s.Changes(t.Context(), since, func(p civic.MapPin) { ids = append(ids, p.ID) })
		if err != nil {
			t.Fatal(err)
		}
		since = changes.Next
		return ids
	}
	addTrees := func() int64 {
		t.Helper()
		return add(t, s, d, civic.Draft{Category: "trees", Title: "Trees", Point: orb.Point{19.95, 50.05}}, civic.Published)
	}
	first := addTrees()
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `update pins set title = 'Later', search = 'later'`); err != nil {
		t.Fatal(err)
	}
	second, third := addTrees(), addTrees()
	for i, want := range [][]int64{{first, second, third}, nil, nil} {
		if got := changed(); !cmp.Equal(got, want) {
			t.Errorf("reading %d while a transaction is open: pins %d, want %d", i, got, want)
		}
	}
	fourth := addTrees()
	if got, want := changed(), []int64{fourth}; !cmp.Equal(got, want) {
		t.Errorf("after another pin: pins %d, want %d", got, want)
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, want := range [][]int64{{first}, nil} {
		if got := changed(); !cmp.Equal(got, want) {
			t.Errorf("reading %d after its commit: pins %d, want %d", i, got, want)
		}
	}
}

func BenchmarkChanges(b *testing.B) {
	s, d, _ := open(b)
	for range 200 {
		add(b, s, d, civic.Draft{Category: "trees", Title: "Trees", Point: orb.Point{19.95, 50.05}}, civic.Published)
	}
	for i := range 20 {
		other := district()
		other.Slug = fmt.Sprintf("district-%d", i)
		if err := s.AddDistrict(b.Context(), &other); err != nil {
			b.Fatal(err)
		}
	}
	all, err := s.Changes(b.Context(), civic.Position{}, func(civic.MapPin) {})
	if err != nil {
		b.Fatal(err)
	}
	for name, since := range map[string]civic.Position{"all": {}, "none": all.Next} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Changes(b.Context(), since, func(civic.MapPin) {}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
