package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web/serve"
)

// TestRoutes checks that every route states who may call it, that routes that
// write are limited, that no route is in two tables, and that the API and its
// contract have the same routes.
func TestRoutes(t *testing.T) {
	s, err := New(Config{Live: tiles.New(tiles.Config{}), Store: struct{ Store }{}})
	if err != nil {
		t.Fatal(err)
	}
	unlimited := map[string]string{ // POST routes with serve.Body: why each needs no serve.Write
		"POST /api/v1/districts/{district}/places": "it only reads",
		"POST /d/{district}/hotspots":              "it only reads",
		"POST /d/{district}/represents":            "it only reads",
		"POST /d/{district}/add":                   "it calls the limiter before its last step writes (TestFormIsLimited of web/pins)",
	}
	seen := map[string]bool{}
	for _, r := range s.routes {
		name := fmt.Sprintf("%s %s", r.Method, r.Pattern)
		if seen[name] {
			t.Errorf("%s is in two tables", name)
		}
		seen[name] = true
		if r.Access == serve.Nobody {
			t.Errorf("%s does not state who may call it", name)
		}
		if r.Method != http.MethodGet && r.Limit != serve.Write && (r.Limit != serve.Body || unlimited[name] == "") {
			t.Errorf("%s writes without a limit", name)
		}
		api := strings.HasPrefix(r.Pattern, "/api/") || strings.HasPrefix(r.Pattern, "/tiles/") || strings.HasPrefix(r.Pattern, "/basemap")
		if api != s.contract.Has(r.Method, r.Pattern) {
			t.Errorf("%s: in the API: %v, in the contract: %v", name, api, !api)
		}
		if api && (r.Errors != serve.JSON || r.Origin != serve.AnyOrigin) {
			t.Errorf("%s is part of the API, but not declared as such", name)
		}
	}
	for name := range unlimited {
		if !seen[name] {
			t.Errorf("%s is an exception without a route", name)
		}
	}
	for _, name := range s.contract.Operations() {
		if !seen[name] {
			t.Errorf("%s of the contract has no route", name)
		}
	}
}
