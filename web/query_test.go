package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestQueriesMeanTheSameEverywhere checks that every outlet refuses a query that
// is malformed, has an empty value, or repeats a single parameter, and names the
// parameter, rather than show more than was asked for.
//
// Case http-malformed-query-drops-the-filter.
// Case http-single-parameter-given-twice.
func TestQueriesMeanTheSameEverywhere(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	const d = "/api/v1/districts/trial"
	outlets := []string{d + "/stats", d + "/hexes", d + "/pins", "/tiles/trial/pins.json", "/tiles/trial/hexes.json", "/tiles/trial/pins/10/568/347.mvt", "/tiles/trial/hexes/10/568/347.mvt", "/d/trial", "/"}
	for query, parameter := range map[string]string{
		"kind=need;status=reported": "kind", "kind=%zz": "kind", "kind=need;limit=1": "kind", "to=%ff": "to",
		"from=2025-01&from=2026-01": "from", "from=2025-01&from=garbage": "from", "to=2025-01&to=2025-01": "to",
		"kind=cat": "kind", "from=2025-02&to=2025-01": "to", "from=1969-12": "from", "to=2149-07": "to", "colour=red": "colour", "colour=": "colour",
	} {
		for _, path := range outlets {
			resp, body := s.Do(t, "GET", path+"?"+query, "")
			if resp.StatusCode != http.StatusBadRequest || !names(path, body, parameter) {
				t.Errorf("%s?%s: status %d, which does not name %s: %.200s", path, query, resp.StatusCode, parameter, body)
			}
		}
	}
	for _, path := range outlets {
		resp, body := s.Do(t, "GET", path+"?kind=", "")
		isPage := !strings.HasPrefix(path, "/api") && !strings.HasPrefix(path, "/tiles") // a form submits its empty fields
		if isPage && resp.StatusCode != http.StatusSeeOther || !isPage && (resp.StatusCode != http.StatusBadRequest || !names(path, body, "kind")) {
			t.Errorf("%s?kind=: status %d: %.200s", path, resp.StatusCode, body)
		}
		for _, query := range []string{"from=1970-01-01&to=2149-06-06", "from=1970-01&to=2149-06", "to=1970-01-01", "from=2149-06-06"} {
			if resp, body := s.Do(t, "GET", path+"?"+query, ""); resp.StatusCode != http.StatusOK {
				t.Errorf("%s?%s: status %d: %.200s", path, query, resp.StatusCode, body)
			}
		}
	}
	for query, total := range map[string]int{"from=1970-01-01&to=2149-06-06": 90, "to=1970-01-01": 0, "from=2149-06": 0} {
		var stats struct{ Total int }
		_, body := s.Do(t, "GET", d+"/stats?"+query, "")
		if err := json.Unmarshal([]byte(body), &stats); err != nil || stats.Total != total {
			t.Errorf("%s: %v, %s; want %d pins", query, err, body, total)
		}
	}
	for path, parameter := range map[string]string{d + "/places?q=a&q=b": "q", d + "/pins?limit=10&limit=20": "limit", d + "/pins?q=.": "q", d + "/places?q=%21": "q", d + "/hexes?res=9&res=x": "res", d + "/hexes?res=": "res", "/d/trial?seen=x&after=2025-01-01.1": "seen", "/healthz?x=1": "x"} {
		if resp, body := s.Do(t, "GET", path, ""); resp.StatusCode != http.StatusBadRequest || !names(path, body, parameter) {
			t.Errorf("%s: status %d, which does not name %s: %.200s", path, resp.StatusCode, parameter, body)
		}
	}
}

// names reports whether the problem in a body names the parameter.
func names(path, body, parameter string) bool {
	if path == "/" || strings.HasPrefix(path, "/d/") {
		return strings.Contains(body, ": "+parameter+".</p>")
	}
	var p struct{ Errors []struct{ Parameter string } }
	return json.Unmarshal([]byte(body), &p) == nil && len(p.Errors) == 1 && p.Errors[0].Parameter == parameter
}
