package serve_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestAnyOriginMayReadTheAPI checks that pages of other origins may read the
// responses of the API, errors among them, and send If-None-Match.
func TestAnyOriginMayReadTheAPI(t *testing.T) {
	s := webtest.Static(t, web.Config{})
	for path, status := range map[string]int{
		"/tiles/trial/pins/12/2274/1388.mvt": 200, "/tiles/trial/pins/99/0/0.mvt": 400, "/api/v1/districts/trial/stats": 200,
		"/api/v1/nothing": 404, "/openapi.yaml": 200, "/readyz": 200,
	} {
		resp, _ := s.Do(t, "GET", path, "")
		if resp.StatusCode != status || resp.Header.Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(resp.Header.Get("Access-Control-Expose-Headers"), "ETag") {
			t.Errorf("%s: status %d, %v", path, resp.StatusCode, resp.Header)
		}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodOptions, s.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Origin", "https://example.org")
		req.Header.Set("Access-Control-Request-Method", "GET")
		req.Header.Set("Access-Control-Request-Headers", "if-none-match")
		preflight, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		preflight.Body.Close()
		if preflight.StatusCode != http.StatusNoContent || !strings.HasPrefix(preflight.Header.Get("Access-Control-Allow-Methods"), "GET, HEAD") || preflight.Header.Get("Access-Control-Allow-Headers") == "" {
			t.Errorf("preflight of %s: status %d, %v", path, preflight.StatusCode, preflight.Header)
		}
	}
	if resp, _ := s.Do(t, "GET", "/d/nowhere", ""); resp.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Error("a page may be read by others")
	}
}
