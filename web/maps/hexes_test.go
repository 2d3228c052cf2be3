package maps_test

import (
	"encoding/json"
	"iter"
	"net/http"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestHexesOfLargeDistrict checks that hexes of a district that has too many of
// the default resolution are coarser, and that a resolution is refused only when
// it was asked for. Case http-contract-promises-what-is-refused.
func TestHexesOfLargeDistrict(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	db, err := store.Open(t.Context(), store.Config{URL: s.DatabaseURL})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	d := webtest.District(civic.ModerateAfter)
	d.Slug, d.Areas, d.Places = "kiritimati", nil, nil
	d.Boundary = orb.MultiPolygon{orb.Bound{Min: orb.Point{-158, 1}, Max: orb.Point{-157, 3}}.ToPolygon()}
	if err := db.LoadDistrict(t.Context(), &d, func() iter.Seq2[civic.NewPin, error] { return func(func(civic.NewPin, error) bool) {} }); err != nil {
		t.Fatal(err)
	}
	const path = "/api/v1/districts/kiritimati/hexes"
	resp, body := s.Do(t, "GET", path, "")
	for deadline := time.Now().Add(time.Minute); resp.StatusCode == http.StatusNotFound && time.Now().Before(deadline); resp, body = s.Do(t, "GET", path, "") {
		time.Sleep(5 * time.Millisecond)
	}
	var out struct{ Features []struct{ ID string } }
	if err := json.Unmarshal([]byte(body), &out); err != nil || resp.StatusCode != http.StatusOK || len(out.Features) < 1000 || out.Features[0].ID[1] != '8' {
		t.Errorf("status %d: %.200s, want cells of resolution 8", resp.StatusCode, body)
	}
	s.CheckContract(t, s.Contract(t), "/api/v1/districts/{district}/hexes", resp, body)
	for query, status := range map[string]int{"?res=9": 400, "?res=8": 200} {
		if resp, body := s.Do(t, "GET", path+query, ""); resp.StatusCode != status {
			t.Errorf("%s: status %d: %.200s", query, resp.StatusCode, body)
		}
	}
}
