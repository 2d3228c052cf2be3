package web_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestOldClients checks that HTTP/1.0 is served whole, without chunks and
// without Host, and the stream of changes as it happens, as a proxy asks for it.
func TestOldClients(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	for path, want := range map[string]string{
		"/d/trial": "</html>", "/nowhere": `"status":404`, "/api/v1/districts/trial/hexes": `"FeatureCollection"`, "/tiles/trial/pins.json": `"` + s.URL + "/tiles/trial/pins/{z}/{x}/{y}.mvt\"",
		"/api/v1/districts/trial/changes": "retry: 3000",
	} {
		response := raw(t, s, "GET "+path+" HTTP/1.0")
		if !strings.HasPrefix(response, "HTTP/1.0 ") || !strings.Contains(response, want) || strings.Contains(response, "chunked") {
			t.Errorf("%s: %.300s", path, response)
		}
	}
}

// TestNoLinkLeadsToAnotherSite checks that no link, form or redirect takes the
// path of a request for the host of another site.
func TestNoLinkLeadsToAnotherSite(t *testing.T) {
	s := webtest.Static(t, web.Config{})
	address := regexp.MustCompile(`(?i)(?:href|src|action|location)(?:="|: )([^"\r]*)`)
	for _, path := range []string{"//evil.example/", "//evil.example", "/\\evil.example/", "/%5cevil.example", "//evil.example/?q=", "/d//evil.example?q=", "/d/trial?q=", "//evil.example/..%2f?lang=pl", "https://evil.example/"} {
		response := raw(t, s, "GET "+path+" HTTP/1.1", "Host: localhost", "Accept: text/html", "Connection: close")
		for _, found := range address.FindAllStringSubmatch(response, -1) {
			if link := found[1]; strings.HasPrefix(link, "//") || strings.HasPrefix(link, `/\`) || strings.HasPrefix(link, "/%5c") || strings.Contains(link, "evil") && !strings.HasPrefix(link, "./") {
				t.Errorf("%s: a link to %q", path, link)
			}
		}
	}
}

// TestHostReachesNoCache checks that no response that a cache may keep depends on
// the host of the request, and that absolute URLs are those of the public URL
// where it is configured.
func TestHostReachesNoCache(t *testing.T) {
	for base, s := range map[string]*webtest.Site{"": webtest.Open(t, civic.ModerateAfter), "https://mapa.example.org": webtest.Static(t, web.Config{BaseURL: "https://mapa.example.org/"})} {
		for path := range addresses() {
			if strings.HasSuffix(path, "/changes") || base != "" && (strings.Contains(path, "/pins") || strings.Contains(path, "/places") || strings.HasPrefix(path, "/d/") || path == "/") {
				continue // needs the database
			}
			response := raw(t, s, "GET "+path+" HTTP/1.1", "Host: evil.example", "Connection: close")
			head, body, _ := strings.Cut(response, "\r\n\r\n")
			if strings.Contains(response, "evil.example") && (base != "" || !strings.Contains(head, "Cache-Control: no-store")) {
				t.Errorf("at %q, %s depends on Host: %s", base, path, head)
			}
			if strings.HasSuffix(path, ".json") && path != "/basemap.json" && base != "" && !strings.Contains(body, `"`+base+"/tiles/") {
				t.Errorf("%s does not use the public URL: %.200s", path, body)
			}
		}
	}
}

// TestLinksAreRelative checks that links of the API lead to what they name.
func TestLinksAreRelative(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	for _, path := range []string{"/api/v1/districts/trial", "/api/v1/districts/trial/pins?limit=2&kind=need", "/api/v1/districts/trial/pins/1"} {
		_, body := s.Do(t, "GET", path, "")
		var out struct{ Links []struct{ Rel, Href string } }
		if err := json.Unmarshal([]byte(body), &out); err != nil || len(out.Links) < 2 {
			t.Errorf("%s: %v: %s", path, err, body)
		}
		for _, link := range out.Links {
			if resp, _ := s.Do(t, "GET", link.Href, ""); link.Href[0] != '/' || resp.StatusCode != http.StatusOK {
				t.Errorf("%s: the link %s to %s: status %d", path, link.Rel, link.Href, resp.StatusCode)
			}
		}
	}
}
