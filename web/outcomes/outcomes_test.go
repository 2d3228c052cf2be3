package outcomes_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

// TestSearch finds pins and other things on one page, and says what to do when
// there is nothing.
func TestSearch(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	const path = "/d/trial/outcomes"
	if _, body := s.Do(t, "GET", path, "", "Accept-Language", "pl"); !strings.Contains(body, "Jeszcze nic nie opublikowano") {
		t.Errorf("an empty district:\n%s", body)
	}
	s.Report(t, civic.Draft{Category: "trees", Title: "Lipa usycha", Point: orb.Point{19.93, 50.03}, ReportedOn: 20000, Email: "jan@example.org"})
	d, err := s.Store.District(t.Context(), "trial")
	if err != nil {
		t.Fatal(err)
	}
	office, err := d.AcceptRecord(webtest.Office("Dyżur pod lipą", "wtorek", orb.Point{19.93, 50.03}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Store.Do(t.Context(), &d, civic.Actor{Kind: civic.System}, civic.Command{Action: civic.Submit, Kind: civic.OfficeThing, Content: office}); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string][]string{ // with "-", what is not found
		"?q=lip":              {"Lipa usycha", "Dyżur pod lipą", "2 wyniki"},
		"?q=LIPA&kind=office": {"Dyżur pod lipą", "-Lipa usycha", "checked"},
		"?q=kasztan":          {"Nic nie znaleziono dla „kasztan”"},
		"":                    {"-Dyżur pod lipą", "-Lipa usycha", `href="/d/trial/offices">Dyżury`},
		"?kind=office":        {"Dyżur pod lipą", "Okolica"},
	} {
		resp, body := s.Do(t, "GET", path+query, "", "Accept-Language", "pl")
		if resp.StatusCode != http.StatusOK {
			t.Errorf("%s: %d\n%s", query, resp.StatusCode, body)
		}
		for _, text := range want {
			text, not := strings.CutPrefix(text, "-")
			if strings.Contains(body, text) == not {
				t.Errorf("%s: has %q: %t\n%s", query, text, not, body)
			}
		}
	}
	if _, body := s.Do(t, "GET", path+"?q=lip", "", "Accept-Language", "uk"); !strings.Contains(body, `<span lang="pl">Zachód</span>`) {
		t.Errorf("the name of an area in another language is not marked:\n%s", body)
	}
}
