package storetest_test

import (
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
)

// TestAddThings checks that what is made up for measurements keeps the rules of every
// kind.
func TestAddThings(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t)
	s, err := store.Open(t.Context(), store.Config{URL: url, Keys: storetest.Keys(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	d := civic.District{
		Slug: "trial", Name: civic.Text{"en": "Trial"}, Languages: []string{"en"}, TimeZone: "Europe/Warsaw", Moderation: civic.ModerateAfter,
		Boundary:   orb.MultiPolygon{orb.Bound{Min: orb.Point{19.9, 50}, Max: orb.Point{20.1, 50.1}}.ToPolygon()},
		Categories: []civic.Category{{Slug: "trees", Kind: civic.Need, Visibility: civic.Exact, Colour: "#336633", Label: civic.Text{"en": "Trees"}}},
	}
	if err := s.AddDistrict(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	storetest.AddThings(t, url, &d, 1000, 1000)
	counts, err := s.CountKinds(t.Context(), &d)
	if err != nil {
		t.Fatal(err)
	}
	if counts[civic.EventThing] == 0 || counts[civic.AnswerThing] == 0 {
		t.Errorf("there are %v", counts)
	}
	var links int
	if err := connect(t, url).QueryRow(t.Context(), `select count(*) from links`).Scan(&links); err != nil || links == 0 {
		t.Errorf("%d links, %v", links, err)
	}
}
