package things_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/kinds"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// TestNewHit checks that a hit says what was found, in which state and where; of what is
// always in the same state, not in which.
func TestNewHit(t *testing.T) {
	parts, err := kinds.Files()
	if err != nil {
		t.Fatal(err)
	}
	texts, err := i18n.Load(append(parts, page.Files, things.Files)...)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := page.New(page.Config{Service: &serve.Service{Live: tiles.New(tiles.Config{})}, Catalogue: texts})
	if err != nil {
		t.Fatal(err)
	}
	d := &civic.District{Slug: "trial", Languages: []string{"en", "pl"}, Areas: []civic.Area{{ID: 7, Slug: "west", Name: civic.Text{"pl": "Zachód"}}}}
	r := pages.Reader(httptest.NewRequest(http.MethodGet, "/", nil), d)
	day := civic.Day(20130)
	for _, c := range []struct {
		found civic.SearchHit
		want  things.Hit
	}{
		{civic.SearchHit{Thing: civic.Thing{ID: 3, Kind: civic.PinThing, Title: "Trees", State: civic.State(civic.Met.String()), AreaID: 7}, PinKind: civic.Need, Day: day},
			things.Hit{URL: "/d/trial/pins/3", Title: "Trees", Kind: "Need", State: r.Text("status.met"), Area: "Zachód", AreaLang: "pl", Day: day}},
		{civic.SearchHit{Thing: civic.Thing{ID: 4, Kind: civic.PinThing, Title: "Help", State: civic.State(civic.Active.String())}, PinKind: civic.Potential},
			things.Hit{URL: "/d/trial/pins/4", Title: "Help", Kind: r.Text("kind.potential")}},
		{civic.SearchHit{Thing: civic.Thing{ID: 5, Kind: civic.InitiativeThing, Title: "Bench", State: civic.InitiativeThing.Rules().Initial}},
			things.Hit{URL: "/d/trial/initiatives/5", Title: "Bench", Kind: r.Text("initiatives.one"), State: r.Text(things.StateKey(civic.InitiativeThing, civic.InitiativeThing.Rules().Initial))}},
		{civic.SearchHit{Thing: civic.Thing{ID: 6, Kind: civic.CouncillorThing, Title: "Anna"}},
			things.Hit{URL: "/d/trial/councillors/6", Title: "Anna", Kind: r.Text("councillors.one")}},
	} {
		if diff := cmp.Diff(c.want, things.NewHit(d, r, c.found)); diff != "" {
			t.Error(diff)
		}
	}
}
