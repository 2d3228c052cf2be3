package pins_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

// TestPagesHaveEachPinOnce follows the links from page to page.
func TestPagesHaveEachPinOnce(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	seen := map[int]bool{}
	next := "/api/v1/districts/trial/pins?limit=17&kind=need"
	for next != "" {
		_, body := s.Do(t, "GET", next, "")
		var page struct {
			Features []struct {
				ID         int
				Geometry   *struct{ Coordinates []float64 }
				Properties struct{ Category string }
			}
			Links []struct{ Rel, Href string }
		}
		if err := json.Unmarshal([]byte(body), &page); err != nil {
			t.Fatal(err)
		}
		for _, f := range page.Features {
			if seen[f.ID] {
				t.Errorf("pin %d is on two pages", f.ID)
			}
			seen[f.ID] = true
			if f.Geometry == nil || f.Properties.Category == "fear" {
				t.Errorf("pin %d of %s, which is published only in counts or lacks a place, is listed", f.ID, f.Properties.Category)
			}
		}
		next = ""
		for _, link := range page.Links {
			if link.Rel == "next" {
				next = strings.TrimPrefix(link.Href, s.URL)
			}
		}
	}
	if len(seen) != 30 {
		t.Errorf("the pages have %d needs, want 30", len(seen))
	}
}

// TestCreate checks that a new pin appears in the index and in the list, that
// no response contains the e-mail address of its contributor, and that requests
// that are malformed or too frequent are refused.
func TestCreate(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	doc := s.Contract(t)
	const pattern = "/api/v1/districts/{district}/pins"
	resp, body := s.Do(t, "POST", "/api/v1/districts/trial/pins",
		`{"category":"trees","title":"Nowe drzewo","lon":19.9321,"lat":50.0311,"email":"tajny@example.org"}`, "Content-Type", "application/json")
	if resp.StatusCode != http.StatusCreated {
		t.Fatalf("status %d: %s", resp.StatusCode, body)
	}
	s.CheckContract(t, doc, pattern, resp, body)
	s.WaitForPins(t, 91)
	_, list := s.Do(t, "GET", "/d/trial", "")
	if !strings.Contains(list, "Nowe drzewo") {
		t.Error("the list lacks the new pin")
	}
	for _, path := range []string{resp.Header.Get("Location"), "/d/trial", "/api/v1/districts/trial/pins"} {
		if _, body := s.Do(t, "GET", path, ""); strings.Contains(body, "example.org") {
			t.Errorf("%s discloses an e-mail address", path)
		}
	}
	for name, body := range map[string]string{
		"a name twice": `{"category":"trees","title":"x","title":"y","lon":19.93,"lat":50.03}`, // Case import-duplicate-json-keys.
		"not JSON":     "{", "no title": `{"category":"trees","lon":19.93,"lat":50.03}`, "a word for a number": `{"category":"trees","title":"x","lon":"19.93","lat":50.03}`,
		"another field": `{"category":"trees","title":"x","lon":19.93,"lat":50.03,"admin":true}`,
	} {
		if resp, text := s.Do(t, "POST", "/api/v1/districts/trial/pins", body, "Content-Type", "application/json"); resp.StatusCode != http.StatusBadRequest && resp.StatusCode != http.StatusTooManyRequests {
			t.Errorf("%s: status %d: %s", name, resp.StatusCode, text)
		}
	}
	resp, body = s.Do(t, "POST", "/api/v1/districts/trial/pins", `{"category":"trees","title":"x","lon":19.93,"lat":50.03}`, "Content-Type", "application/json")
	if resp.StatusCode != http.StatusTooManyRequests || resp.Header.Get("Retry-After") == "" {
		t.Errorf("the sixth pin in a minute: status %d: %s", resp.StatusCode, body)
	}
	s.CheckContract(t, doc, pattern, resp, body)
}

// TestPinsOfACell checks that the pins of each hex are those that it counts
// without those that are published only in counts, and that the latter are not
// told for a cell.
func TestPinsOfACell(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	const api = "/api/v1/districts/trial"
	for _, filter := range []string{"", "&kind=need"} {
		var hexes struct {
			Features []struct {
				ID         string
				Properties struct{ Total int }
			}
		}
		_, body := s.Do(t, "GET", api+"/hexes?res=8&category=trees&category=help"+filter, "")
		if err := json.Unmarshal([]byte(body), &hexes); err != nil {
			t.Fatal(err)
		}
		for _, hex := range hexes.Features {
			if hex.Properties.Total == 0 {
				continue
			}
			var page struct {
				Features []struct{ Properties struct{ Category string } }
				HexOnly  struct{ Total int } `json:"hex_only"`
			}
			_, body := s.Do(t, "GET", api+"/pins?cell="+hex.ID+filter, "")
			if err := json.Unmarshal([]byte(body), &page); err != nil {
				t.Fatal(err)
			}
			if len(page.Features) != hex.Properties.Total || page.HexOnly.Total != 0 {
				t.Errorf("%s%s: %d pins and %d beside them, want %d", hex.ID, filter, len(page.Features), page.HexOnly.Total, hex.Properties.Total)
			}
			_, html := s.Do(t, "GET", "/d/trial?cell="+hex.ID+filter, "")
			if got := strings.Count(html, `<li class="pin"`); got != hex.Properties.Total {
				t.Errorf("%s%s: the page lists %d pins, want %d", hex.ID, filter, got, hex.Properties.Total)
			}
		}
	}
}
