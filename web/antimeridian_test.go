package web_test

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/ingest/district"
	"github.com/pinezka/pinezka/web/webtest"
)

const fijiAreas = `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Vanua"},"geometry":{"type":"MultiPolygon","coordinates":[
 [[[177,-19.5],[180,-19.5],[180,-15.5],[177,-15.5],[177,-19.5]]],
 [[[-180,-19.5],[-178,-19.5],[-178,-15.5],[-180,-15.5],[-180,-19.5]]]]}}]}`

// TestDistrictAcrossTheAntimeridian opens a district on both sides of it and
// checks its boxes in the API, the extent of its map, boxes in queries, and its
// hexes.
//
// Case http-district-across-180-opens-in-africa.
func TestDistrictAcrossTheAntimeridian(t *testing.T) {
	areas, err := district.Reader{Languages: []string{"en"}, NameProperty: "name"}.ReadAreas(strings.NewReader(fijiAreas))
	if err != nil {
		t.Fatal(err)
	}
	d := webtest.District(civic.ModerateAfter)
	d.Slug, d.Languages, d.TimeZone, d.Areas, d.Boundary = "fiji", []string{"en"}, "Pacific/Fiji", areas, district.BoundaryOf(areas)
	var drafts []civic.Draft
	for i := range 10 {
		drafts = append(drafts, civic.Draft{Category: "trees", Title: fmt.Sprint("Palm ", i), Point: orb.Point{[]float64{179.99, -179.99}[i%2], -17 + 0.1*float64(i)}, ReportedOn: 20000})
	}
	s := webtest.OpenWith(t, d, drafts)
	doc := s.Contract(t)
	get := func(path, pattern string, into any) {
		t.Helper()
		resp, body := s.Do(t, "GET", path, "")
		if err := json.Unmarshal([]byte(body), into); err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("%s: status %d, %v: %.300s", path, resp.StatusCode, err, body)
		}
		s.CheckContract(t, doc, pattern, resp, body)
	}
	const api, pattern = "/api/v1/districts/fiji", "/api/v1/districts/{district}"

	var box struct{ BBox [4]float64 }
	want := [4]float64{177, -19.5, -178, -15.5}
	if get(api, pattern, &box); box.BBox != want {
		t.Errorf("the box of the district is %v, want %v", box.BBox, want)
	}
	var collection struct{ Features []struct{ BBox [4]float64 } }
	if get(api+"/areas", pattern+"/areas", &collection); collection.Features[0].BBox != want {
		t.Errorf("the box of the area is %v, want %v", collection.Features[0].BBox, want)
	}
	var description struct{ Bounds, Center []float64 }
	get("/tiles/fiji/pins.json", "/tiles/{district}/pins.json", &description)
	if diff := cmp.Diff([]float64{179.5, -17.5, 12}, description.Center); diff != "" {
		t.Errorf("the centre (-want +got):\n%s", diff)
	}
	if _, page := s.Do(t, "GET", "/d/fiji", ""); !strings.Contains(html.UnescapeString(page), `"bounds":[177,-19.5,182,-15.5]`) {
		t.Error("the map does not begin with longitudes 177 to 182")
	}

	for box, want := range map[string]int{
		"177,-20,-178,-15": 10, "177,-20,180,-15": 5, "-180,-20,-178,-15": 5, "-178,-20,177,-15": 0, "179.995,-20,-179.995,-15": 0, "177,-16.65,-178,-15": 6,
	} {
		var page struct{ Features []json.RawMessage }
		if get(api+"/pins?bbox="+box, pattern+"/pins", &page); len(page.Features) != want {
			t.Errorf("%d pins in %s, want %d", len(page.Features), box, want)
		}
	}

	var hexes geojson.FeatureCollection
	get(api+"/hexes?res=4", pattern+"/hexes", &hexes)
	total, cut := 0, 0
	for _, f := range hexes.Features {
		b := f.Geometry.Bound()
		if b.Min.Lon() < -180 || b.Max.Lon() > 180 || f.Geometry.GeoJSONType() == "Polygon" && b.Max.Lon()-b.Min.Lon() > 10 {
			t.Errorf("hex %v is at %v", f.ID, b)
		}
		if mp, ok := f.Geometry.(orb.MultiPolygon); ok {
			cut++
			if box := geo.BoxOf(mp); !box.Crosses() {
				t.Errorf("hex %v has the parts %v", f.ID, mp)
			}
		}
		total += f.Properties.MustInt("total")
	}
	if total != 10 || cut == 0 {
		t.Errorf("%d pins in hexes, %d hexes across the antimeridian", total, cut)
	}
}
