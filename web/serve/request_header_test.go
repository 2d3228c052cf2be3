package serve_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestLinesCombine checks that several lines of a field mean the same as one
// line with all of their values. Case http-two-header-lines.
func TestLinesCombine(t *testing.T) {
	s := webtest.Static(t, web.Config{})
	const tile = "/tiles/trial/pins/11/1137/694.mvt"
	request := func(path, name string, lines ...string) *http.Response {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header[name] = lines
		resp, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		return resp
	}
	tag := request(tile, "Accept-Encoding", "identity").Header.Get("Etag")
	for name, test := range map[string]struct {
		name  string
		lines []string
		want  string
	}{
		"the second tag":      {"If-None-Match", []string{`"x"`, tag}, "304"},
		"the first tag":       {"If-None-Match", []string{tag, `"x"`}, "304"},
		"no tag":              {"If-None-Match", []string{`"x"`, `"y"`}, "200"},
		"the second coding":   {"Accept-Encoding", []string{"br", "gzip"}, "gzip"},
		"an excluded coding":  {"Accept-Encoding", []string{"gzip;q=0.5", "zstd;q=0"}, "gzip"},
		"the second language": {"Accept-Language", []string{"de", "uk"}, "uk"},
		"the second type":     {"Accept", []string{"application/json;q=0.5", "text/html"}, "text/html; charset=utf-8"},
	} {
		path := map[string]string{"Accept": "/nowhere", "Accept-Language": "/d/nowhere", "Accept-Encoding": "/openapi.yaml", "If-None-Match": tile}[test.name]
		resp := request(path, test.name, test.lines...)
		got := resp.Header.Get(map[string]string{"Accept": "Content-Type", "Accept-Language": "Content-Language", "Accept-Encoding": "Content-Encoding"}[test.name])
		if test.name == "If-None-Match" {
			got, _, _ = strings.Cut(resp.Status, " ")
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

// TestUnknownAddressByAccept checks that the response to an unknown address is a
// page only for a client that prefers pages.
func TestUnknownAddressByAccept(t *testing.T) {
	h := newRouter().Handler(nil)
	for accept, page := range map[string]bool{
		"": false, "*/*": false, "application/json": false, "text/html": true, "Text/HTML": true, "text/*": true,
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": true,
		"application/json, text/html;q=0.5":                               false, "application/json;q=0.5, text/html;level=1;q=0.7": true,
		"text/html, */*": true, "text/html;q=0": false, "text/html;q=x, */*": false, "text/html;q=0, */*": false, "application/xhtml+xml": false, "x-text/html": false,
	} {
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/nowhere", nil)
		r.Header.Set("Accept", accept)
		h.ServeHTTP(w, r)
		if got := strings.HasPrefix(w.Body.String(), "page:"); got != page || w.Code != http.StatusNotFound {
			t.Errorf("%q: status %d, a page: %v, want %v", accept, w.Code, got, page)
		}
	}
}

// TestPreferredCoding checks that the coding with the highest weight is used,
// and zstd of two with the same.
func TestPreferredCoding(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	for accept, want := range map[string]string{
		"gzip, zstd": "zstd", "gzip, zstd;q=0.9": "gzip", "gzip;q=0.5, identity": "", "gzip;q=0.5, identity;q=0.5": "gzip", "*": "gzip", "*, gzip;q=0": "",
		"zstd;Q=0, gzip": "gzip", "zstd;q=0.0, gzip;q=0": "", "br": "", "": "", "identity;q=0, zstd": "zstd",
	} {
		if resp, _ := s.Do(t, "GET", "/tiles/trial/pins/11/1137/694.mvt", "", "Accept-Encoding", accept); resp.Header.Get("Content-Encoding") != want {
			t.Errorf("%q accepts %q, got %q", accept, want, resp.Header.Get("Content-Encoding"))
		}
	}
}
