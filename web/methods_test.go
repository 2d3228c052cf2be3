package web_test

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// addresses returns an address of every route that serves GET, by the methods
// that it allows.
func addresses() map[string]string {
	const get = "GET, HEAD, OPTIONS"
	all := map[string]string{"/d/trial/add": "POST, " + get, "/api/v1/districts/trial/pins": "POST, " + get, "/api/v1/districts/trial/places?q=ryn": "POST, " + get}
	all["/d/trial/hotspots"] = "POST, " + get
	all["/d/trial/represents?lon=19.93&lat=50.03"], all["/d/trial/council/new"], all["/d/trial/council/x/edit"] = "POST, "+get, "POST, "+get, "POST, "+get
	all["/d/trial/desk/advisers"] = "POST, " + get
	all["/api/v1/districts/trial/things/1/figures"] = "POST, " + get
	all["/d/trial/recommendations/1/reply"] = "POST, " + get
	all["/d/trial/programmes/1/selection"], all["/d/trial/programmes/1/attendance"], all["/d/trial/certificates/x"] = "POST, "+get, "POST, "+get, "POST, "+get
	all["/d/trial/enrolments/1/certificate"], all["/d/trial/enrolments/1/certificate.pdf"] = get, get
	all["/d/trial/events/1/weighing"], all["/api/v1/districts/trial/events/1/weighing"], all["/api/v1/districts/trial/events/1/weighing/ballot"] = "POST, "+get, get, "PUT, "+get
	all["/d/trial/ideas/1/merge"], all["/d/trial/events/1/ideas/enter"], all["/d/trial/events/1/grouping"] = "POST, "+get, "POST, "+get, "POST, "+get
	ofKinds, _ := kindAddresses()
	maps.Copy(all, ofKinds)
	for _, path := range []string{"/sign-in", "/sign-in/code", "/sign-in/x", "/d/trial/follow", "/d/trial/events/1/register", "/d/trial/events/1/registrations", "/d/trial/registrations/x", "/d/trial/confirm/x", "/d/trial/unsubscribe/x", "/d/trial/answer/x", "/d/trial/better/x", "/d/trial/object/x", "/account", "/d/trial/people", "/d/trial/me", "/d/trial/desk", "/d/trial/desk/1", "/d/trial/pins/1/report", "/d/trial/pins/1/support", "/d/trial/pins/1/edit"} {
		all[path] = "POST, " + get
	}
	for _, path := range []string{
		"/d/trial/calendar", "/d/trial/calendar.ics", "/api/v1/districts/trial/calendar", "/d/trial/events/1/event.ics", "/d/trial/events/1/poster", "/d/trial/my-calendar/x",
		"/d/trial/measures", "/d/trial/measures.csv", "/d/trial/measures.xlsx", "/d/trial/measures/ideas", "/d/trial/year", "/api/v1/districts/trial/measures",
		"/d/trial/outcomes", "/d/trial/today", "/api/v1/districts/trial/today", "/d/trial/recommendations/numbers.csv", "/d/trial/recommendations/numbers.xlsx", "/api/v1/districts/trial/search", "/d/trial/council", "/d/trial/council/x", "/d/trial/wards/x", "/api/v1/districts/trial/wards", "/api/v1/districts/trial/represents?lon=19.93&lat=50.03",
		"/", "/d/trial", "/d/trial/organisations/network", "/api/v1/districts/trial/organisations/network", "/d/trial/desk/audit", "/d/trial/advice/sent", "/d/trial/desk/numbers", "/d/trial/desk/numbers.csv", "/d/trial/desk/numbers.xlsx", "/d/trial/desk/audit.csv", "/d/trial/desk/audit.xlsx", "/d/trial/desk/audit.jsonl", "/d/trial/hotspots.csv", "/d/trial/hotspots.xlsx", "/api/v1/districts/trial/hotspots", "/api/v1/districts/trial/hotspots/881e2040d5fffff/trend", "/d/trial/me/export", "/account/export", "/d/trial/pins/1", "/d/trial/private/x", "/d/trial/print", "/d/trial/compare", "/d/trial/compare.csv", "/d/trial/compare.xlsx", "/d/trial/areas/west", "/d/trial/areas/west.csv", "/d/trial/areas/west.xlsx", "/api/v1/districts/trial/areas/west/summary", "/d/trial/pins.csv", "/d/trial/pins.xlsx", "/d/trial/pins.atom", "/d/trial/pins/1.atom", "/d/trial/pins.geojson", "/api/v1/districts", "/api/v1/districts/trial", "/api/v1/districts/trial/areas",
		"/api/v1/districts/trial/categories", "/api/v1/districts/trial/pins/1", "/api/v1/districts/trial/things/1", "/api/v1/districts/trial/hexes",
		"/api/v1/districts/trial/stats", "/api/v1/districts/trial/compare", "/api/v1/districts/trial/coverage", "/d/trial/coverage", "/d/trial/coverage.csv", "/d/trial/coverage.xlsx", "/api/v1/districts/trial/changes", "/tiles/trial/pins.json", "/tiles/trial/hexes.json", "/tiles/trial/areas.json", "/tiles/trial/things.json",
		"/tiles/trial/pins/11/1137/694.mvt", "/tiles/trial/hexes/11/1137/694.mvt", "/tiles/trial/areas/11/1137/694.mvt", "/tiles/trial/things/11/1137/694.mvt", "/openapi.yaml",
		"/basemap.json", "/basemap/0/0/0/0", "/assets/nothing.js", "/favicon.ico", "/robots.txt", "/healthz", "/readyz",
	} {
		all[path] = get
	}
	return all
}

// TestHeadEndsOnEveryRoute checks, on one connection that stays open, that HEAD
// of every route has the status and the headers of GET, no body, and leaves the
// connection free for the next request. Case http-head-changes-never-ends.
func TestHeadEndsOnEveryRoute(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(conn)
	for path := range addresses() {
		head := roundTrip(t, conn, in, "HEAD", path)
		if strings.HasSuffix(path, "/changes") {
			if head.StatusCode != http.StatusOK || head.Header.Get("Content-Type") != "text/event-stream" {
				t.Errorf("HEAD %s: status %d, %v", path, head.StatusCode, head.Header)
			}
			continue
		}
		get := roundTrip(t, conn, in, "GET", path)
		if head.StatusCode != get.StatusCode {
			t.Errorf("%s: status %d to HEAD, %d to GET", path, head.StatusCode, get.StatusCode)
		}
		for name := range get.Header {
			if h, g := head.Header.Get(name), get.Header.Get(name); h != g && name != "Date" && name != "Content-Length" {
				t.Errorf("%s: %s is %q to HEAD, %q to GET", path, name, h, g)
			}
		}
	}
}

// TestAddressesAreOfAllRoutes checks that addresses has one of every route.
func TestAddressesAreOfAllRoutes(t *testing.T) {
	s, err := web.New(web.Config{Live: tiles.New(tiles.Config{}), Store: struct{ web.Store }{}})
	if err != nil {
		t.Fatal(err)
	}
	mux, tested := chi.NewRouter(), map[string]bool{}
	for _, pattern := range s.Patterns() {
		mux.Get(pattern, nil)
	}
	for address := range addresses() {
		path, _, _ := strings.Cut(address, "?")
		tested[mux.Find(chi.NewRouteContext(), http.MethodGet, path)] = true
	}
	for _, pattern := range s.Patterns() {
		if !tested[pattern] {
			t.Errorf("no address of %s is tested", pattern)
		}
	}
}

// roundTrip sends a request on a connection, and reads the whole response.
func roundTrip(t *testing.T, conn net.Conn, in *bufio.Reader, method, path string) *http.Response {
	t.Helper()
	if _, err := fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: localhost\r\n\r\n", method, path); err != nil {
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(in, &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return resp
}

// TestAllowOnEveryRoute checks that every response with status 405, and every
// one to OPTIONS, states the methods of its route, and that preflight requests
// get the same. Case http-405-without-allow.
func TestAllowOnEveryRoute(t *testing.T) {
	s := webtest.Static(t, web.Config{})
	for path, allow := range addresses() {
		for _, method := range []string{"PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "get"} {
			if strings.HasPrefix(allow, method) {
				continue
			}
			resp, body := s.Do(t, method, path, "")
			if resp.StatusCode != http.StatusMethodNotAllowed || resp.Header.Get("Allow") != allow {
				t.Errorf("%s %s: status %d, allows %q, want %q: %.100s", method, path, resp.StatusCode, resp.Header.Get("Allow"), allow, body)
			}
		}
		if resp, body := s.Do(t, "OPTIONS", path, ""); resp.StatusCode != http.StatusNoContent || resp.Header.Get("Allow") != allow || body != "" {
			t.Errorf("OPTIONS %s: status %d, allows %q, want %q", path, resp.StatusCode, resp.Header.Get("Allow"), allow)
		}
		isPage := path == "/" || strings.HasPrefix(path, "/d/") || strings.HasPrefix(path, "/sign-in") || strings.HasPrefix(path, "/account")
		resp, _ := s.Do(t, "OPTIONS", path, "", "Origin", "https://example.org", "Access-Control-Request-Method", "GET")
		if got := resp.Header.Get("Access-Control-Allow-Methods"); (got == allow) == isPage || resp.StatusCode != http.StatusNoContent {
			t.Errorf("a preflight request for %s: status %d, %q", path, resp.StatusCode, got)
		}
	}
	for _, method := range []string{"PUT", "PROPFIND", "OPTIONS"} {
		if resp, _ := s.Do(t, method, "/nowhere", ""); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s of an unknown address: status %d", method, resp.StatusCode)
		}
	}
}
