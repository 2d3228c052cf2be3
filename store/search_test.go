package store_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

func TestPagesAndSearch(t *testing.T) {
	s, d, _ := open(t)
	for i := range 25 {
		add(t, s, d, civic.Draft{
			Category: "trees", Title: fmt.Sprintf("Ławka numer %d przy Świętokrzyskiej", i), Body: "Brakuje cienia.",
			Point: orb.Point{19.91 + float64(i)*0.006, 50.05}, ReportedOn: civic.Day(20000 + i/3),
		}, civic.Published)
	}
	ids, err := s.SearchPins(t.Context(), d, "lawki SWIETO", 25)
	if err != nil || len(ids) != 25 {
		t.Fatalf("%d pins are found, %v", len(ids), err)
	}
	for _, q := range []string{"ла́вки", "Ła\u0328WKA numer", "24"} {
		if found, err := s.SearchPins(t.Context(), d, q, 25); err != nil || len(found) == 0 {
			t.Errorf("search %q: %v, %v", q, found, err)
		}
	}
	if _, err := s.SearchPins(t.Context(), d, "lawki", 24); !errors.Is(err, civic.ErrTooMany) {
		t.Errorf("more pins than the limit are found: %v", err)
	}
	var seen []int64
	q := civic.PinQuery{Limit: 7, IDs: ids}
	for {
		page, err := s.Pins(t.Context(), d, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range page.Pins {
			seen = append(seen, p.ID)
		}
		if page.Next == nil {
			break
		}
		q.After = page.Next
	}
	if len(seen) != 25 {
		t.Errorf("the pages have %d pins, want 25", len(seen))
	}
	for i := 1; i < len(seen); i++ {
		if seen[i] >= seen[i-1] {
			t.Fatalf("pins are not in order or are repeated: %v", seen)
		}
	}
	for _, q := range []string{`'; drop table pins; --`, "':*&|!() x", "nic takiego"} {
		ids, err := s.SearchPins(t.Context(), d, q, 5)
		if err != nil || ids == nil || len(ids) != 0 {
			t.Errorf("search %q: %v, %v", q, ids, err)
		}
	}
	page, err := s.Pins(t.Context(), d, civic.PinQuery{Limit: 5, IDs: []int64{}})
	if err != nil || len(page.Pins) != 0 {
		t.Errorf("%d of no pins, %v", len(page.Pins), err)
	}
	places, err := s.Places(t.Context(), d, civic.PlaceQuery{Text: "glowna", Limit: 5})
	if err != nil || len(places) != 1 || places[0].Name != "Ławka Główna" {
		t.Errorf("places: %v, %v", places, err)
	}
}
