package pins_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestSearchPlaces checks that a search by POST finds what one by GET finds, is
// kept by no cache, and does not count as a write, of which an address may make
// five.
func TestSearchPlaces(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	const path = "/api/v1/districts/trial/places"
	for range 10 {
		resp, body := s.Do(t, "POST", path, `{"q":"rynku","near":[19.95,50.03],"lang":"en"}`, "Content-Type", "application/json")
		if resp.StatusCode != http.StatusOK || resp.Header.Get("Cache-Control") != "no-store" {
			t.Fatalf("status %d, %v: %s", resp.StatusCode, resp.Header, body)
		}
		for _, part := range []string{`"name":"Rynek"`, `"kind":"other"`, `"area":"west"`, `"area_name":"West"`, `"outside":false`} {
			if !strings.Contains(body, part) {
				t.Errorf("%s lacks %s", body, part)
			}
		}
	}
	if _, body := s.Do(t, "GET", path+"?q=rynek", ""); !strings.Contains(body, `"approximate":false`) || !strings.Contains(body, "Zachód") {
		t.Errorf("by GET: %s", body)
	}
	if _, body := s.Do(t, "GET", path+"?q=przedmiescie", ""); !strings.Contains(body, `"outside":true`) {
		t.Errorf("outside the district: %s", body)
	}
	if resp, _ := s.Do(t, "POST", path, `{"q":"rynek"}`, "Content-Type", "application/json", "Sec-Fetch-Site", "cross-site"); resp.StatusCode != http.StatusForbidden {
		t.Errorf("from another site: status %d", resp.StatusCode)
	}
}
