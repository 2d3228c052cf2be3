package district

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/ingest/record"
	"github.com/pinezka/pinezka/ingest/recordtest"
)

const polygon = `{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}`

var boundary = orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}}

func collection(features ...string) string {
	return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
}

func feature(properties, geometry string) string {
	return fmt.Sprintf(`{"type":"Feature","properties":%s,"geometry":%s}`, properties, geometry)
}

func TestReadAreas(t *testing.T) {
	in := collection(
		feature(`{"name":" Zachód ","name:en":"West","name:de":"Westen","residents":1200}`, polygon),
		"null",
		feature(`{"name":"Zachód","name:pl":"Zachód 2","approximate":true}`, polygon),
		feature(`{"name":"Zachód","residents":-1}`, polygon),
		feature(`{"name":7,"slug":"ward-7"}`, polygon),
		feature(`{"name":8,"slug":"Ward 8"}`, polygon),
	)
	want := []civic.Area{
		{Slug: "zachod", Name: civic.Text{"pl": "Zachód", "en": "West"}, Boundary: boundary, Residents: 1200},
		{Slug: "zachod-2", Name: civic.Text{"pl": "Zachód 2"}, Boundary: boundary, Approximate: true},
		{Slug: "zachod-3", Name: civic.Text{"pl": "Zachód"}, Boundary: boundary},
		{Slug: "ward-7", Name: civic.Text{"pl": "7"}, Boundary: boundary},
		{Slug: "8", Name: civic.Text{"pl": "8"}, Boundary: boundary},
	}
	r := Reader{Languages: []string{"pl", "en"}, NameProperty: "name"}
	got, err := r.ReadAreas(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSlugsOfLongNamesAreValid(t *testing.T) {
	f := feature(`{"name":"`+strings.Repeat("x", 100)+`"}`, polygon)
	areas, err := Reader{Languages: []string{"pl"}, NameProperty: "name"}.ReadAreas(strings.NewReader(collection(f, f)))
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range areas {
		if !civic.ValidSlug(a.Slug) {
			t.Errorf("slug %q", a.Slug)
		}
	}
}

func TestReadAreasErrors(t *testing.T) {
	tests := []struct {
		in, want string
		is       error
	}{
		{"", "not GeoJSON: unexpected end of JSON input", nil},
		{collection(), "there are no features in it", nil},
		{collection(feature(`{"name":"A","name":"B"}`, polygon)), `a JSON object has two members with the same name, "name"`, record.ErrRepeatedName}, // Case import-duplicate-json-keys.
		{collection("null"), "there are no features in it", nil},
		{collection(feature(`{"name":"A"}`, polygon), feature(`{"name:en":"B"}`, polygon)), `feature 2: there is no name in the property "name"`, ErrNoName},
		{feature(`{"name":"A"}`, "null"), "feature 1 (A): geometry is missing: not a usable polygon", geo.ErrPolygon},
		{feature(`{"name":"A"}`, `{"type":"Point","coordinates":[0,0]}`), "feature 1 (A): geometry is a Point: not a usable polygon", geo.ErrPolygon},
		{polygon, `feature 1: there is no name in the property "name"`, ErrNoName},
	}
	r := Reader{Languages: []string{"pl", "en"}, NameProperty: "name"}
	for _, test := range tests {
		_, err := r.ReadAreas(strings.NewReader(test.in))
		if diff := cmp.Diff(test.want, recordtest.ErrorText(err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.in, diff)
		}
		if test.is != nil && !errors.Is(err, test.is) {
			t.Errorf("%v is not %v", err, test.is)
		}
	}
}

func TestReadBoundary(t *testing.T) {
	for in, want := range map[string]orb.MultiPolygon{
		polygon:                boundary,
		"\ufeff" + polygon:     boundary,
		feature("{}", polygon): boundary,
		collection(feature("null", polygon), feature("{}", polygon)): append(boundary[:1:1], boundary...),
	} {
		got, err := Reader{}.ReadBoundary(strings.NewReader(in))
		if err != nil {
			t.Errorf("%s: %v", in, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", in, diff)
		}
	}
}

func TestSwapAxes(t *testing.T) {
	got, err := Reader{SwapAxes: true}.ReadBoundary(strings.NewReader(`{"type":"Polygon","coordinates":[[[50,19],[50,20],[51,20],[50,19]]]}`))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(orb.Bound{Min: orb.Point{19, 50}, Max: orb.Point{20, 51}}, got.Bound()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := (Reader{SwapAxes: true}).ReadBoundary(strings.NewReader(feature("null", "null"))); !errors.Is(err, geo.ErrPolygon) {
		t.Errorf("a feature without a geometry: error is %v", err)
	}
}

func TestReadPlaces(t *testing.T) {
	const point = `{"type":"Point","coordinates":[20.0,50.01]}`
	in := collection(feature(`{"name":" Plac "}`, point), feature(`{"name":""}`, point), feature(`{"name":"Pole"}`, polygon),
		feature(`{"name":"X"}`, `{"type":"Point","coordinates":[500,0]}`), feature(`{"name":"Square","name:pl":"Rynek","name:en":"Square"}`, point))
	got, err := Reader{Languages: []string{"pl", "en"}, NameProperty: "name"}.ReadPlaces(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	want := []civic.Place{{Name: "Plac", Point: orb.Point{20, 50.01}}, {Name: "Rynek", OtherNames: []string{"Square"}, Point: orb.Point{20, 50.01}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReadCategories(t *testing.T) {
	const in = `[{"slug":"trees","kind":"need","visibility":"point","colour":"#34733c","label":{"en":"Trees","lt":"Medžiai"}}]`
	got, err := Reader{}.ReadCategories(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	want := []civic.Category{{Slug: "trees", Kind: civic.Need, Visibility: civic.Exact, Colour: "#34733c", Label: civic.Text{"en": "Trees", "lt": "Medžiai"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, in := range []string{"[1]", `[{"slug":"a","slug":"b"}]`} {
		if _, err := (Reader{}).ReadCategories(strings.NewReader(in)); err == nil {
			t.Errorf("%s is accepted", in)
		}
	}
}

// FuzzReadAreas checks that the areas that ReadAreas returns have what a
// district requires.
func FuzzReadAreas(f *testing.F) {
	f.Add(collection(feature(`{"name":"A","slug":"a"}`, polygon), feature(`{"name":2,"residents":1e99}`, polygon)))
	f.Add(feature(`{"name:pl":"Ł"}`, `{"type":"MultiPolygon","coordinates":[]}`))
	f.Add(polygon)
	f.Fuzz(func(t *testing.T, in string) {
		areas, err := Reader{Languages: []string{"pl"}, NameProperty: "name"}.ReadAreas(strings.NewReader(in))
		if err != nil {
			return
		}
		used := map[string]bool{}
		for _, a := range areas {
			if !civic.ValidSlug(a.Slug) || used[a.Slug] || a.Name["pl"] == "" || len(a.Boundary) == 0 || a.Residents < 0 {
				t.Fatalf("area %+v", a)
			}
			used[a.Slug] = true
		}
	})
}

func TestReadTemplates(t *testing.T) {
	got, err := Reader{}.ReadTemplates(strings.NewReader(`[{"key": "lamp", "status": "in_action", "text": {"pl": "Zamówiona."}}]`))
	want := []civic.UpdateTemplate{{Key: "lamp", Status: "in_action", Text: civic.Text{"pl": "Zamówiona."}}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	for _, in := range []string{``, `{}`, `[{"name": "lamp"}]`, `[{"key": "a", "key": "b"}]`, `[{"key": 1}]`} {
		if _, err := (Reader{}).ReadTemplates(strings.NewReader(in)); err == nil {
			t.Errorf("%s is read", in)
		}
	}
}
