package store_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pinezka/pinezka/civic"
)

// TestHexOnlyCounts asks for periods that have leaves wholly, in part and not at
// all, before and after a boundary was drawn through leaves.
func TestHexOnlyCounts(t *testing.T) {
	s, d, conn := open(t)
	add(t, s, d, civic.Draft{Category: "trees", Title: "Tree", Point: [2]float64{19.91, 50.05}, ReportedOn: day(2024, 1, 5)}, civic.Published)
	r := rand.New(rand.NewPCG(4, 4))
	addInside := func(month civic.Day, n int) {
		for i := range n {
			add(t, s, d, civic.Draft{
				Category: "fear", Title: "Fear", Point: [2]float64{19.91 + 0.03*r.Float64(), 50.01 + 0.08*r.Float64()},
				ReportedOn: month, Email: fmt.Sprintf("resident-%d-%d@example.org", month, i),
			}, civic.Published)
		}
	}
	addInside(day(2024, 3, 1), 20)
	addInside(day(2024, 7, 1), 60)
	if _, err := s.PublishCounts(t.Context(), d.Slug, day(2024, 7, 1).Time()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PublishCounts(t.Context(), d.Slug, day(2024, 8, 1).Time()); err != nil {
		t.Fatal(err)
	}
	for _, l := range leaves(t, conn) {
		if l.From != "2024-01" && l.From != "2024-07" {
			t.Fatalf("leaf %+v", l)
		}
	}
	inWest := func(atLeast, together int) []civic.HexOnlyCount {
		return []civic.HexOnlyCount{{Category: "fear", Area: "west", AtLeast: atLeast, TogetherWith: together}}
	}
	for _, c := range []struct {
		name        string
		from, until civic.Day
		want        []civic.HexOnlyCount
	}{
		{"always", 0, 0, inWest(80, 80)},
		{"the first half-year", day(2024, 1, 1), day(2024, 7, 1), inWest(20, 20)},
		{"July", day(2024, 7, 1), day(2024, 8, 1), inWest(60, 60)},
		{"March, of a half-year that is published together", day(2024, 3, 1), day(2024, 4, 1), inWest(0, 20)},
		{"from March on", day(2024, 3, 1), 0, inWest(60, 80)},
		{"until April", 0, day(2024, 5, 1), inWest(0, 20)},
		{"August", day(2024, 8, 1), day(2024, 9, 1), nil},
		{"the year before", day(2023, 1, 1), day(2024, 1, 1), nil},
	} {
		got, err := s.HexOnlyCounts(t.Context(), d, civic.HexOnlyQuery{From: c.from, Until: c.until, Each: true})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}

	if _, err := conn.Exec(t.Context(), `
		update leaf_cells
		set shown_area_id = null
		where cell_id in (select min(cell_id) from leaf_cells group by leaf_id having count(*) > 1)`); err != nil {
		t.Fatal(err)
	}
	got, err := s.HexOnlyCounts(t.Context(), d, civic.HexOnlyQuery{Each: true})
	if err != nil || len(got) != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	for _, c := range got {
		if c.AtLeast >= c.TogetherWith || c.Area == "" && c.AtLeast > 0 {
			t.Errorf("a boundary cuts leaves: %+v", c)
		}
	}
	if all, err := s.HexOnlyCounts(t.Context(), d, civic.HexOnlyQuery{}); err != nil || len(all) != 1 || all[0] != (civic.HexOnlyCount{Category: "fear", AtLeast: 80, TogetherWith: 80}) {
		t.Errorf("the district, which has them wholly: %+v, %v", all, err)
	}
	west := civic.HexOnlyQuery{Areas: []int32{d.Areas[0].ID}}
	if one, err := s.HexOnlyCounts(t.Context(), d, west); err != nil || len(one) != 1 || one[0].AtLeast != got[1].AtLeast || one[0].TogetherWith != got[1].TogetherWith {
		t.Errorf("west alone: %+v, %v; with others %+v", one, err, got)
	}
}
