package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/store"
)

// TestPopulation replaces the population of a district as a whole, again and
// again.
func TestPopulation(t *testing.T) {
	t.Parallel()
	s, d, conn := open(t)
	const cell, other geo.Cell = 0x891e2042267ffff, 0x891e204226bffff
	compare := func(want civic.Population) {
		t.Helper()
		got, err := s.Population(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
	compare(civic.Population{ByArea: map[string]int{"east": 900}, Total: 900}) // from its boundaries
	for _, p := range []civic.Population{
		{ByArea: map[string]int{"west": 100, "east": 250}, Total: 350, Date: 19722, Source: "Register"},
		{ByArea: map[string]int{"west": 0}, ByCell: map[geo.Cell]float64{cell: 412.5, other: 0}, Resolution: 9, Total: 413, Date: 18717, Source: "GUS"},
		{ByArea: map[string]int{}, ByCell: map[geo.Cell]float64{cell: 1}, Resolution: 9, Total: 1, Date: 18717, Source: "GUS"},
		{ByArea: map[string]int{"west": 100}, Total: 100, Date: 1, Source: "Again"},
	} {
		if err := s.ReplacePopulation(t.Context(), d, &p); err != nil {
			t.Fatal(err)
		}
		compare(p)
		again, err := s.District(t.Context(), d.Slug)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range again.Areas {
			if int(a.Residents) != p.ByArea[a.Slug] {
				t.Errorf("%s has %d residents, want %d", a.Slug, a.Residents, p.ByArea[a.Slug])
			}
		}
	}
	if err := s.RemoveDistrict(t.Context(), d.Slug); err != nil {
		t.Fatal(err)
	}
	if n := count(t, conn, "select (select count(*) from populations) + (select count(*) from population_cells)"); n != 0 {
		t.Errorf("%d rows are left of a district that was removed", n)
	}
	if _, err := s.Population(t.Context(), d); err == nil {
		t.Error("the population of a district that was removed is no error")
	}
}

// TestPopulationIsFollowed checks that the live index learns of new residents.
func TestPopulationIsFollowed(t *testing.T) {
	t.Parallel()
	s, d, _ := open(t)
	before := changed(t, s, civic.Position{})
	p := civic.Population{ByArea: map[string]int{"west": 7}, Total: 7, Date: 1, Source: "Register"}
	if err := s.ReplacePopulation(t.Context(), d, &p); err != nil {
		t.Fatal(err)
	}
	after := changed(t, s, before.Next)
	if len(after.Districts) != 1 || after.Districts[0].Areas[0].Residents != 7 {
		t.Errorf("%d districts have changed", len(after.Districts))
	}
}

// TestPopulationOfOneDistrict checks that another district keeps its own.
func TestPopulationOfOneDistrict(t *testing.T) {
	t.Parallel()
	s, d, _ := open(t)
	other := district()
	other.Slug = "other"
	if err := s.AddDistrict(t.Context(), &other); err != nil {
		t.Fatal(err)
	}
	p := civic.Population{ByArea: map[string]int{"west": 7}, Total: 7, Date: 1, Source: "Register"}
	if err := s.ReplacePopulation(t.Context(), d, &p); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Population(t.Context(), &other); err != nil || got.ByArea["east"] != 900 || got.Source != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

func changed(t *testing.T, s *store.Store, since civic.Position) civic.Changes {
	t.Helper()
	c, err := s.Changes(t.Context(), since, func(civic.MapPin) {})
	if err != nil {
		t.Fatal(err)
	}
	return c
}
