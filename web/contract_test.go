package web_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/kinds"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

// TestResponsesConformToTheContract requests every path of the contract, with
// valid and with invalid parameters.
func TestResponsesConformToTheContract(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	doc := s.Contract(t)
	const d = "/api/v1/districts/{district}"
	filter := "kind=need&kind=potential&category=trees&status=reported&status=active&area=west&area=east&from=2024-01&to=2027-12-31"
	called := map[string]bool{}
	type contractCase struct {
		pattern, query string
		status         int
		parameter      string // that the problem names
	}
	var ofKinds []contractCase
	for _, kind := range kinds.All(kinds.Config{}) {
		path := d + "/" + kind.Plural()
		if kind.Kind.Rules().Private {
			ofKinds = append(ofKinds, contractCase{path, "", 401, ""}, contractCase{path + "/{id}", "", 401, ""})
			continue
		}
		ofKinds = append(ofKinds, []contractCase{
			{path, "", 200, ""}, {path, "area=west&category=trees", 200, ""}, {path, "state=lost", 400, "state"}, {path, "area=north", 400, "area"},
			{path, "category=cats", 400, "category"}, {path, "after=nowhere", 400, "after"}, {path + "/{id}", "", 404, ""},
		}...)
	}
	for _, test := range append(ofKinds, []contractCase{
		{"/api/v1/districts", "", 200, ""},
		{"/api/v1/districts", "x=1", 400, "x"},
		{d, "", 200, ""},
		{d + "/areas", "", 200, ""},
		{d + "/categories", "", 200, ""},
		{d + "/search", "q=lipa&kind=pin&kind=initiative&area=west&from=2024-01&to=2027-01-05", 200, ""},
		{d + "/calendar", "from=2026-01&to=2026-03&type=debate&accessibility=step_free&area=west&category=trees&organisation=1", 200, ""},
		{d + "/calendar", "from=2026-01&to=2026-12", 200, ""},
		{d + "/calendar", "to=2026-01", 200, ""},
		{d + "/calendar", "from=2026-02&to=2026-01", 400, "to"},
		{d + "/calendar", "type=party", 400, "type"},
		{d + "/search", "kind=cat", 400, "kind"},
		{d + "/search", "area=north", 400, "area"},
		{d + "/search", "from=March", 400, "from"},
		{d + "/search", "from=2025-05&to=2025-04", 400, "to"},
		{d + "/answers", "q=plan&at=19.95,50.03&topic=planning", 200, ""},
		{d + "/answers", "at=north", 400, "at"},
		{d + "/wards", "", 200, ""},
		{d + "/represents", "lon=19.93&lat=50.03", 200, ""},
		{d + "/represents", "lon=19.93", 400, "lat"},
		{d + "/represents", "lon=19.93&lat=north", 400, "lat"},
		{d + "/represents", "lon=181&lat=50.03", 400, "lon"},
		{d + "/represents", "lon=19.93&lat=51", 404, ""},
		{d + "/places", "q=ryn", 200, ""},
		{d + "/places", "", 400, "q"},
		{d + "/pins", "", 200, ""},
		{d + "/pins", filter + "&limit=3&q=pinezka&bbox=19.9,50,19.95,50.06", 200, ""},
		{d + "/pins", "cell=881e2040d5fffff", 200, ""},
		{d + "/pins", "cell=831e20fffffffff", 400, "cell"},
		{d + "/pins", "bbox=1,2,3", 400, "bbox"},
		{d + "/pins", "bbox=19,51,20,50", 400, "bbox"},
		{d + "/pins", "bbox=NaN,50,19,51", 400, "bbox"},
		{d + "/pins", "bbox=1,2,3,400", 400, "bbox"},
		{d + "/pins", "limit=0", 400, "limit"},
		{d + "/pins", "limit=x", 400, "limit"},
		{d + "/pins", "after=nowhere", 400, "after"},
		{d + "/pins", "kind=cat", 400, "kind"},
		{d + "/pins", "status=lost", 400, "status"},
		{d + "/pins", "category=cats", 400, "category"},
		{d + "/pins", "area=north", 400, "area"},
		{d + "/pins", "from=March", 400, "from"},
		{d + "/pins", "from=2025-05&to=2025-04", 400, "to"},
		{d + "/pins/{id}", "", 200, ""},
		{d + "/things/{id}", "", 401, ""},
		{d + "/things/{id}/figures", "", 404, ""},
		{d + "/events/{id}/weighing", "", 404, ""}, // one with an event: package weighing
		{d + "/events/{id}/weighing/ballot", "", 404, ""},
		{d + "/hexes", filter + "&res=10", 200, ""},
		{d + "/hexes", "area=west&res=8", 200, ""},
		{d + "/hexes", "res=16", 400, "res"},
		{d + "/hexes", "res=nine", 400, "res"},
		{d + "/hexes", "h3=891e2e686cbffff", 400, "h3"},
		{d + "/hotspots", filter + "&res=8", 200, ""},
		{d + "/hotspots", "permutations=999&seed=7", 200, ""},
		{d + "/hotspots", "format=geojson&res=10&kind=need", 200, ""},
		{d + "/hotspots", "category=fear&res=10", 400, "res"},
		{d + "/hotspots", "res=11", 400, "res"},
		{d + "/hotspots", "permutations=5", 400, "permutations"},
		{d + "/hotspots", "seed=-1", 400, "seed"},
		{d + "/hotspots", "format=csv", 400, "format"},
		{d + "/hotspots/{cell}/trend", filter, 200, ""},
		{d + "/hotspots/{cell}/trend", "kind=potential", 200, ""},
		{d + "/hotspots/{cell}/trend", "res=8", 400, "res"},
		{d + "/stats", filter, 200, ""},
		{d + "/areas/{area}/summary", "", 200, ""},
		{d + "/areas/{area}/summary", "month=2025-06&months=12&against=year", 200, ""},
		{d + "/areas/{area}/summary", "month=2025-06-01", 400, "month"},
		{d + "/areas/{area}/summary", "months=13", 400, "months"},
		{d + "/measures", "", 200, ""},
		{d + "/measures", "month=2025-06&months=6", 200, ""},
		{d + "/measures", "months=13", 400, "months"},
		{d + "/areas/{area}/summary", "against=x", 400, "against"},
		{d + "/compare", "area=west&area=east&from=2025-01&to=2025-06&from2=2024-07&to2=2024-12", 200, ""},
		{d + "/compare", "category=trees&category=help&split=2025-06", 200, ""},
		{d + "/compare", "area=north&area=east", 400, "area"},
		{d + "/compare", "from2=March", 400, "from2"},
		{d + "/coverage", "kind=need&category=trees&from=2024-01&to=2025-06&res=8&minimum=20", 200, ""},
		{d + "/organisations/network", "area=west", 200, ""},
		{d + "/organisations/network", "area=north", 400, "area"},
		{d + "/coverage", "category=trees&format=geojson", 200, ""},
		{d + "/coverage", "format=xml", 400, "format"},
		{d + "/coverage", "res=10", 400, "res"},
		{d + "/coverage", "minimum=0", 400, "minimum"},
		{d + "/coverage", "area=west", 400, "area"},
		{"/tiles/{district}/hexes.json", filter + "&res=9", 200, ""},
		{"/tiles/{district}/hexes.json", "zoom=3", 400, "zoom"},
		{"/tiles/{district}/pins.json", filter, 200, ""},
		{"/tiles/{district}/pins.json", "res=8", 400, "res"}, // Case http-contract-promises-what-is-refused.
		{"/tiles/{district}/areas.json", "area=west", 200, ""},
		{"/tiles/{district}/areas.json", "kind=need", 400, "kind"},
		{"/tiles/{district}/pins/{z}/{x}/{y}.mvt", filter, 200, ""},
		{"/tiles/{district}/pins/{z}/{x}/{y}.mvt", "res=8", 400, "res"},
		{"/tiles/{district}/areas/{z}/{x}/{y}.mvt", "area=west", 200, ""},
		{"/tiles/{district}/things.json", "", 200, ""},
		{"/tiles/{district}/things/{z}/{x}/{y}.mvt", "", 200, ""},
		{"/tiles/{district}/things/{z}/{x}/{y}.mvt", "kind=need", 400, "kind"},
		{"/tiles/{district}/hexes/{z}/{x}/{y}.mvt", filter + "&res=9", 200, ""},
		{"/tiles/{district}/hexes/{z}/{x}/{y}.mvt", "res=3", 400, "res"},
		{"/tiles/{district}/hexes/{z}/{x}/{y}.mvt", "res=10", 200, ""},
		{"/tiles/{district}/hexes/{z}/{x}/{y}.mvt", "res=11", 400, "res"},
		{"/tiles/{district}/hexes/{z}/{x}/{y}.mvt", "colour=red", 400, "colour"},
		{"/tiles/{district}/hexes/{z}/{x}/{y}.mvt", "from=2024-01&from=2024-02", 400, "from"},
	}...) {
		path := strings.NewReplacer("{district}", "trial", "{id}", "1", "{area}", "west", "{cell}", "881e2040d5fffff", "{z}", "12", "{x}", "2275", "{y}", "1389").Replace(test.pattern)
		resp, body := s.Do(t, "GET", path+"?"+test.query, "")
		if resp.StatusCode != test.status {
			t.Errorf("%s?%s: status %d, want %d: %.300s", path, test.query, resp.StatusCode, test.status, body)
			continue
		}
		s.CheckContract(t, doc, test.pattern, resp, body)
		called["GET "+test.pattern] = true
		if test.parameter != "" {
			var p struct{ Errors []struct{ Parameter string } }
			if err := json.Unmarshal([]byte(body), &p); err != nil || len(p.Errors) != 1 || p.Errors[0].Parameter != test.parameter {
				t.Errorf("%s?%s: the problem does not name %s: %s", path, test.query, test.parameter, body)
			}
		}
	}
	for path, status := range map[string]int{
		"/api/v1/districts/nowhere": 404, "/api/v1/districts/NO": 400, "/api/v1/districts/trial/pins/999999": 404,
		"/api/v1/districts/trial/pins/0": 400, "/api/v1/districts/trial/hotspots/831e20fffffffff/trend": 400, "/api/v1/districts/trial/hotspots/x/trend": 400, "/api/v1/districts/trial/cats": 404, "/tiles/trial/cats/1/1/1.mvt": 404,
		"/tiles/trial/pins/3/8/0.mvt": 400, "/tiles/trial/pins/21/0/0.mvt": 400, "/tiles/trial/pins/3/0/-1.mvt": 400, "/tiles/nowhere/pins.json": 404,
	} {
		resp, body := s.Do(t, "GET", path, "")
		if resp.StatusCode != status || resp.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: status %d (%s), want a problem %d: %s", path, resp.StatusCode, resp.Header.Get("Content-Type"), status, body)
		}
	}
	called["GET "+d+"/changes"] = true                                                  // endless; tested by TestChangesAreStreamed
	called["GET /basemap.json"], called["GET /basemap/{hash}/{z}/{x}/{y}"] = true, true // no basemap here; tested in package maps
	called["GET "+d+"/today"] = true                                                    // for whoever has signed in; tested in package today
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			if method == "GET" && !called["GET "+path] {
				t.Errorf("%s %s of the contract is not tested here", method, path)
			}
		}
	}
}
