package web_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// browserCache is a client that caches as RFC 9111 and RFC 5861 allow. Since a
// test does not wait, whatever may be used for a second may be used for good.
type browserCache struct {
	t           *testing.T
	site        *webtest.Site
	stored      map[string]storedResponse
	notModified int
}

type storedResponse struct {
	header http.Header
	body   string
}

func (c *browserCache) get(path string) string {
	c.t.Helper()
	kept, isKept := c.stored[path]
	control := kept.header.Get("Cache-Control")
	if strings.Contains(control, "max-age=") || strings.Contains(control, "stale-while-revalidate=") || strings.Contains(control, "immutable") {
		return kept.body
	}
	var header []string
	if isKept {
		header = []string{"If-None-Match", kept.header.Get("Etag")}
	}
	resp, body := c.site.Do(c.t, "GET", path, "", header...)
	switch resp.StatusCode {
	case http.StatusNotModified:
		c.notModified++
		return kept.body
	case http.StatusOK:
		if !strings.Contains(resp.Header.Get("Cache-Control"), "no-store") {
			c.stored[path] = storedResponse{resp.Header, body}
		}
	default:
		c.t.Errorf("%s: status %d: %s", path, resp.StatusCode, body)
	}
	return body
}

// TestCachedNumbersAgree checks that all numbers that a client shows agree after
// a change, even if it caches as long as it may.
// Case http-stale-while-revalidate-numbers-disagree.
func TestCachedNumbersAgree(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	c := &browserCache{t: t, site: s, stored: map[string]storedResponse{}}
	const d = "/api/v1/districts/trial"
	numbers := func() map[string]int {
		var stats struct{ Potential int }
		var hexes struct {
			Features []struct{ Properties struct{ Potential int } }
		}
		var list struct{ Features []struct{} }
		var district struct{ Pins int }
		for path, to := range map[string]any{d + "/stats?kind=potential": &stats, d + "/hexes?kind=potential": &hexes, d + "/pins?kind=potential&limit=1000": &list, d: &district} {
			if err := json.Unmarshal([]byte(c.get(path)), to); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
		}
		sum := 0
		for _, f := range hexes.Features {
			sum += f.Properties.Potential
		}
		return map[string]int{"stats": stats.Potential, "hexes": sum, "list": len(list.Features), "district": district.Pins - 60}
	}
	check := func(want int) {
		t.Helper()
		for name, n := range numbers() {
			if n != want {
				t.Errorf("%s: %d pins, want %d", name, n, want)
			}
		}
	}
	check(30)
	check(30)
	if c.notModified != 4 {
		t.Errorf("%d of 4 unchanged numbers are sent again", 4-c.notModified)
	}
	for range 3 {
		if resp, body := s.Do(t, "POST", d+"/pins", `{"category":"help","title":"Nowe","lon":19.9321,"lat":50.0311}`, "Content-Type", "application/json"); resp.StatusCode != http.StatusCreated {
			t.Fatalf("status %d: %s", resp.StatusCode, body)
		}
	}
	s.WaitForPins(t, 93)
	check(33)
}

// TestCacheControl checks what caches may do with each response: what follows
// the record is kept and revalidated, so that it is fresh, and so that MapLibre
// schedules no reload, which it does after max-age.
func TestCacheControl(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	_, page := s.Do(t, "GET", "/d/trial", "")
	others := map[string]string{
		"/healthz": "no-store", "/readyz": "no-store", "/assets/nothing.js": "no-store", "/basemap.json": "no-store", "/basemap/0/0/0/0": "no-store", "/favicon.ico": "public, max-age=86400", "/robots.txt": "public, max-age=86400",
		"/sign-in": "no-store", "/sign-in/code": "no-store", "/sign-in/x": "no-store", "/account": "private, no-store", "/account/export": "private, no-store", "/d/trial/people": "private, no-store",
		"/": "private, no-cache", "/d/trial": "private, no-cache", "/d/trial/hotspots": "private, no-cache", "/d/trial/hotspots.csv": "no-store", "/d/trial/hotspots.xlsx": "no-store", "/api/v1/districts/trial/things/1": "no-store", "/api/v1/districts/trial/things/1/figures": "no-store", "/d/trial/pins/1": "private, no-cache", "/d/trial/pins/1/support": "private, no-cache", "/d/trial/add": "no-store", "/d/trial/compare.csv": "no-store", "/d/trial/compare.xlsx": "no-store", "/d/trial/pins.csv": "no-store", "/d/trial/pins.xlsx": "no-store", "/d/trial/pins.geojson": "no-store", "/d/trial/private/x": "no-store",
		"/d/trial/follow": "no-store", "/d/trial/confirm/x": "no-store", "/d/trial/unsubscribe/x": "no-store", "/d/trial/answer/x": "no-store", "/d/trial/better/x": "no-store", "/d/trial/organisations/network": "private, no-cache", "/api/v1/districts/trial/organisations/network": "no-cache", "/d/trial/object/x": "no-store", "/d/trial/pins.atom": "no-store", "/d/trial/pins/1.atom": "no-store",
		"/d/trial/calendar": "private, no-cache", "/d/trial/calendar.ics": "no-store", "/d/trial/events/1/event.ics": "no-store", "/d/trial/events/1/poster": "no-store", "/d/trial/events/1/register": "no-store",
		"/d/trial/events/1/registrations": "private, no-store", "/d/trial/registrations/x": "no-store", "/d/trial/my-calendar/x": "no-store",
		"/d/trial/measures": "private, no-cache", "/d/trial/measures.csv": "no-store", "/d/trial/measures.xlsx": "no-store", "/d/trial/measures/ideas": "private, no-cache", "/d/trial/year": "no-store",
		"/d/trial/programmes/1/selection": "private, no-store", "/d/trial/programmes/1/attendance": "private, no-store", "/d/trial/certificates/x": "no-store",
		"/d/trial/enrolments/1/certificate": "private, no-store", "/d/trial/enrolments/1/certificate.pdf": "private, no-store",
		"/d/trial/outcomes": "private, no-cache", "/d/trial/recommendations/1/reply": "private, no-store", "/d/trial/recommendations/numbers.csv": "no-store", "/d/trial/recommendations/numbers.xlsx": "no-store", "/d/trial/council": "private, no-cache", "/d/trial/council/x": "no-store", "/d/trial/council/new": "private, no-store", "/d/trial/council/x/edit": "private, no-store", "/d/trial/wards/x": "no-store",
		"/d/trial/ideas/1/merge": "private, no-store", "/d/trial/events/1/weighing": "no-store", "/api/v1/districts/trial/events/1/weighing": "no-store", "/api/v1/districts/trial/events/1/weighing/ballot": "no-store", "/d/trial/events/1/ideas/enter": "private, no-store", "/d/trial/events/1/grouping": "private, no-store",
		"/d/trial/represents?lon=19.93&lat=50.03": "no-store", "/api/v1/districts/trial/represents?lon=19.93&lat=50.03": "no-store",
		"/d/trial/today": "private, no-store", "/api/v1/districts/trial/today": "no-store", "/d/trial/me": "private, no-store", "/d/trial/me/export": "private, no-store",
		"/d/trial/desk": "private, no-store", "/d/trial/desk/1": "private, no-store", "/d/trial/desk/audit": "private, no-store", "/d/trial/advice/sent": "no-store", "/d/trial/desk/advisers": "private, no-store", "/d/trial/desk/numbers": "private, no-store", "/d/trial/desk/numbers.csv": "private, no-store", "/d/trial/desk/numbers.xlsx": "private, no-store", "/d/trial/desk/audit.csv": "private, no-store", "/d/trial/desk/audit.xlsx": "private, no-store", "/d/trial/desk/audit.jsonl": "private, no-store", "/d/trial/pins/1/report": "no-store", "/d/trial/pins/1/edit": "private, no-store",
		"/d/trial/print": "no-store", "/d/trial/compare": "no-store", "/d/trial/areas/west": "private, no-cache", "/d/trial/coverage": "private, no-cache", "/d/trial/coverage.csv": "no-store", "/d/trial/coverage.xlsx": "no-store", "/d/trial/areas/west.csv": "no-store", "/d/trial/areas/west.xlsx": "no-store", "/tiles/trial/pins.json": "no-store", "/tiles/trial/hexes.json": "no-store", "/tiles/trial/areas.json": "no-store", "/tiles/trial/things.json": "no-store", // they contain the host of the request
	}
	_, ofKinds := kindAddresses()
	maps.Copy(others, ofKinds)
	paths := []string{}
	for path := range addresses() {
		paths = append(paths, path)
	}
	if _, rest, ok := strings.Cut(page, `src="/assets/`); ok {
		asset, _, _ := strings.Cut(rest, `"`)
		paths, others["/assets/"+asset] = append(paths, "/assets/"+asset), "public, max-age=31536000, immutable"
	}
	for _, path := range paths {
		want := others[path]
		if want == "" {
			want = "no-cache"
		}
		method := "GET"
		if strings.HasSuffix(path, "/changes") {
			method, want = "HEAD", "no-store"
		}
		resp, _ := s.Do(t, method, path, "")
		if got := resp.Header.Get("Cache-Control"); got != want {
			t.Errorf("%s: Cache-Control is %q, want %q", path, got, want)
		}
		if !strings.HasSuffix(want, "no-store") && resp.Header.Get("Etag") == "" || resp.Header.Get("Expires") != "" {
			t.Errorf("%s: %v", path, resp.Header)
		}
	}
}
