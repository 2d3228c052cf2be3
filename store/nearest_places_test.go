package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// TestNearestPlaces checks that a point is named after the nearest place that is
// no address and is near.
func TestNearestPlaces(t *testing.T) {
	s, d, _ := open(t)
	places := []civic.Place{
		{Name: "Rynek", Kind: civic.PlaceSquare, Point: orb.Point{19.95, 50.04}},
		{Name: "Lipowa", Kind: civic.PlaceStreet, Point: orb.Point{19.955, 50.04}},
		{Name: "Lipowa 4", Kind: civic.PlaceAddress, Street: "Lipowa", HouseNumber: "4", Point: orb.Point{19.951, 50.04}},
	}
	if _, err := s.ReplacePlaces(t.Context(), d, "osm", places); err != nil {
		t.Fatal(err)
	}
	got, err := s.NearestPlaces(t.Context(), d, []orb.Point{{19.9511, 50.04}, {19.954, 50.041}, {19.9, 50.04}, {19.95, 50.04}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Rynek", "Lipowa", "", "Rynek"}, got); diff != "" {
		t.Error(diff)
	}
	if got, err := s.NearestPlaces(t.Context(), d, nil); err != nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
}
