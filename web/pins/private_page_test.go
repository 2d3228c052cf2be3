package pins_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestPrivatePage checks that a pin of a hex category, added through the form or
// the API, published or not, has a page for its reporter alone, that no cache
// keeps it, and that nothing public names the pin.
func TestPrivatePage(t *testing.T) {
	for _, moderation := range []civic.Moderation{civic.ModerateBefore, civic.ModerateAfter} {
		s := webtest.Open(t, moderation)
		form := url.Values{"lon": {"19.951"}, "lat": {"50.031"}, "category": {"fear"}, "title": {"Ciemna brama"}, "body": {"Nocą boję się tędy iść"}}
		client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/d/trial/add", strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		sent, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		sent.Body.Close()
		paths := []string{sent.Header.Get("Location")}

		resp, body := s.Do(t, "POST", "/api/v1/districts/trial/pins", `{"category":"fear","title":"Ciemna brama","body":"Nocą boję się tędy iść","lon":19.951,"lat":50.031}`, "Content-Type", "application/json")
		var created struct {
			ID    int64
			Links []struct{ Rel, Href string }
		}
		if err := json.Unmarshal([]byte(body), &created); err != nil || resp.StatusCode != http.StatusCreated || len(created.Links) != 1 || created.Links[0].Rel != "private" {
			t.Fatalf("status %d, %s (%v)", resp.StatusCode, body, err)
		}
		paths = append(paths, created.Links[0].Href)
		for _, path := range paths {
			resp, page := s.Do(t, "GET", path, "")
			if resp.StatusCode != http.StatusOK || !strings.Contains(page, "Ciemna brama") || !strings.Contains(page, "Nocą boję się tędy iść") {
				t.Errorf("%s: status %d", path, resp.StatusCode)
			}
			h := resp.Header
			if h.Get("Cache-Control") != "no-store" || h.Get("Referrer-Policy") != "no-referrer" || h.Get("X-Robots-Tag") != "noindex" {
				t.Errorf("%s: %v", path, h)
			}
			if strings.Contains(page, "19.951") || strings.Contains(page, "50.031") {
				t.Errorf("%s contains the place", path)
			}
			if resp, _ := s.Do(t, "GET", strings.TrimSuffix(path, "?added=yes")+"x", ""); resp.StatusCode != http.StatusNotFound {
				t.Errorf("a wrong link: status %d", resp.StatusCode)
			}
		}
		for _, path := range []string{
			fmt.Sprintf("/d/trial/pins/%d", created.ID), fmt.Sprintf("/api/v1/districts/trial/pins/%d", created.ID),
		} {
			if resp, _ := s.Do(t, "GET", path, ""); resp.StatusCode != http.StatusNotFound {
				t.Errorf("%s: status %d", path, resp.StatusCode)
			}
		}
		for _, path := range []string{
			"/d/trial", "/d/trial?category=fear", "/d/trial?q=brama", "/api/v1/districts/trial/pins?limit=1000", "/api/v1/districts/trial/pins?q=brama",
			"/api/v1/districts/trial/pins?bbox=19.9,50,20,50.06", "/api/v1/districts/trial/pins?category=fear",
		} {
			if _, body := s.Do(t, "GET", path, ""); strings.Contains(body, "Ciemna") {
				t.Errorf("%s names the pin", path)
			}
		}
	}
}

// TestListTellsWhatIsOnlyCounted checks that page and API say how many pins are
// counted beside the list, or that a condition sets their counts aside, that
// list and counts then add up to the statistics, and that hexes say the same.
func TestListTellsWhatIsOnlyCounted(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	const d = "/api/v1/districts/trial"
	type hexOnly struct {
		Total    int
		SetAside bool `json:"set_aside"`
	}
	for query, want := range map[string]hexOnly{
		"": {Total: 30}, "kind=need": {Total: 30}, "kind=potential": {}, "category=trees": {}, "category=fear": {Total: 30},
		"status=reported": {SetAside: true}, "from=2024-10": {Total: 30}, "from=2024-10-05": {SetAside: true}, "to=2025-01-30": {SetAside: true}, "kind=potential&status=active": {},
	} {
		var list struct {
			Features []json.RawMessage
			HexOnly  hexOnly `json:"hex_only"`
		}
		var stats struct {
			Total   int
			HexOnly hexOnly `json:"hex_only"`
		}
		var hexes struct {
			HexOnly hexOnly `json:"hex_only"`
		}
		for path, to := range map[string]any{"/pins?limit=1000&": &list, "/stats?": &stats, "/hexes?": &hexes} {
			if _, body := s.Do(t, "GET", strings.TrimSuffix(d+path+query, "?"), ""); json.Unmarshal([]byte(body), to) != nil {
				t.Fatalf("%s%s: %s", path, query, body)
			}
		}
		if list.HexOnly != want || stats.HexOnly != want || hexes.HexOnly != want || len(list.Features)+want.Total != stats.Total {
			t.Errorf("%s: %d listed and %+v, statistics %d and %+v, hexes %+v, want %+v", query, len(list.Features), list.HexOnly, stats.Total, stats.HexOnly, hexes.HexOnly, want)
		}
		_, page := s.Do(t, "GET", strings.TrimSuffix("/d/trial?lang=en&"+query, "&"), "")
		if got := strings.Contains(page, "and 30 sensitive pins"); got != (want.Total > 0) {
			t.Errorf("%s: the page tells of counted pins: %t", query, got)
		}
		if got := strings.Contains(page, "Sensitive pins are not counted with these filters"); got != want.SetAside {
			t.Errorf("%s: the page tells of counts set aside: %t", query, got)
		}
	}
	for _, query := range []string{"q=pinezka", "bbox=19.9,50,20,50.06"} {
		var list struct {
			HexOnly hexOnly `json:"hex_only"`
		}
		if _, body := s.Do(t, "GET", d+"/pins?"+query, ""); json.Unmarshal([]byte(body), &list) != nil || list.HexOnly.Total != 0 || !list.HexOnly.SetAside {
			t.Errorf("%s: %+v", query, list.HexOnly)
		}
	}
}
