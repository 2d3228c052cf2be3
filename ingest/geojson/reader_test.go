package geojson

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/ingest/record"
	"github.com/pinezka/pinezka/ingest/recordtest"
)

func open(in string) (*Reader, error) {
	text, err := record.Decode(strings.NewReader(in), "")
	if err != nil {
		return nil, err
	}
	return NewReader(text)
}

func repeated(name string) string {
	return fmt.Sprintf("%v, %q", record.ErrRepeatedName, name)
}

func TestReader(t *testing.T) {
	const (
		one = `{"type":"Feature","id":7,"properties":{"n":"x","k":1.50,"b":true,"z":null,"o":{"a":[1]}},"geometry":{"type":"Point","coordinates":[19.9,50.0,210]}}`
		two = `{"type":"Feature","properties":{"n":"y"},"geometry":null}`
	)
	first := recordtest.Row{Row: 1, ID: "7", Fields: []string{"n=x", "k=1.50", "b=true", "z=", `o={"a":[1]}`}, Geometry: orb.Point{19.9, 50}}
	second := recordtest.Row{Row: 2, Fields: []string{"n=y"}}
	feature := func(geometry string) string {
		return `{"type":"Feature","properties":null,"geometry":` + geometry + `}`
	}
	collection := func(features ...string) string {
		return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
	}
	tests := []struct {
		name, in string
		want     []recordtest.Row
		err      string
	}{
		{name: "collection", in: collection(one, two), want: []recordtest.Row{first, second}},
		{name: "features first", in: `{"features":[` + one + `], "x":[{}], "type":"FeatureCollection"}`, want: []recordtest.Row{first}},
		{name: "foreign members", in: `{"x":{"features":[1]},"type":"FeatureCollection","y":"\"}","features":[` + one + `]}`, want: []recordtest.Row{first}},
		{name: "no features", in: collection()},
		{name: "feature", in: one, want: []recordtest.Row{first}},
		{name: "geometry", in: `{"coordinates":[1,2],"type":"Point"}`, want: []recordtest.Row{{Row: 1, Geometry: orb.Point{1, 2}}}},
		{name: "lines", in: one + "\n" + two + "\n", want: []recordtest.Row{first, second}},
		{name: "text sequence", in: "\x1e" + one + "\n\x1e" + two + "\n", want: []recordtest.Row{first, second}},
		{name: "bad line", in: one + "\n{\"type\":\"x\"}\n" + `{"type":"Feature","properties":1}`, want: []recordtest.Row{first, {Row: 2, Err: `its type is not "Feature"`}, {Row: 3, Err: "the properties are not an object"}}},
		{name: "multipoint of one", in: collection(feature(`{"type":"MultiPoint","coordinates":[[1,2]]}`)), want: []recordtest.Row{{Row: 1, Geometry: orb.Point{1, 2}}}},
		{name: "geometries rejected", in: collection(
			feature(`{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}`),
			feature(`{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}`),
			feature(`{"type":"MultiPoint","coordinates":[1,2]}`),
			feature(`{"type":"Point","coordinates":[null,2]}`),
			feature(`{"type":"Point","coordinates":[1]}`),
			feature(`{"type":"Point","coordinates":["1","2"]}`),
			feature(`{"type":"Point","coordinates":[1e999,2]}`),
			feature(`{"type":"Point"}`), feature(`{"type":"point","coordinates":[1,2]}`), feature(`{}`), feature(`5`),
			feature(`{"type":"Point","coordinates":[1,2],"crs":{"type":"name","properties":{"name":"EPSG:2180"}}}`)),
			want: []recordtest.Row{
				{Row: 1, Err: "geometry is a Polygon; only single points can be imported"},
				{Row: 2, Err: "geometry is a MultiPoint of 2; only single points can be imported"},
				{Row: 3, Err: "geometry is a MultiPoint of 2; only single points can be imported"}, {Row: 4, Err: errCoordinates.Error()},
				{Row: 5, Err: errCoordinates.Error()}, {Row: 6, Err: errCoordinates.Error()},
				{Row: 7, Err: errCoordinates.Error()}, {Row: 8, Err: errCoordinates.Error()},
				{Row: 9, Err: "the geometry's type is unknown"}, {Row: 10, Err: "the geometry's type is unknown"},
				{Row: 11, Err: "the geometry is not an object"},
				{Row: 12, Err: errCRS.Error()},
			}},
		{name: "features rejected", in: collection("null", "5", `{}`, `{"Type":"Feature"}`, `{"type":"Feature" "x":1}`, `{"type":"Feature","id":{}}`, "{\"type\":\"Feature\",\"properties\":{\"a\":\"\xb3\"}}"),
			want: []recordtest.Row{
				{Row: 1, Err: "the feature is not an object"}, {Row: 2, Err: "the feature is not an object"},
				{Row: 3, Err: errNotFeature.Error()}, {Row: 4, Err: errNotFeature.Error()},
				{Row: 5, Err: "the feature is not valid JSON"}, {Row: 6, Err: "the feature's id is neither a text nor a number"},
				{Row: 7, Err: "the text is not valid utf-8; state the encoding of the file"},
			}},
		// Case import-duplicate-json-keys.
		{name: "names repeated in a feature", in: collection(
			`{"type":"Feature","properties":{"a":1,"a":2}}`,
			`{"type":"Feature","geometry":null,"geometry":null}`,
			`{"type":"Feature","foreign":[{"x":{"b":1,"b":1}}]}`, two),
			want: []recordtest.Row{{Row: 1, Err: repeated("a")}, {Row: 2, Err: repeated("geometry")}, {Row: 3, Err: repeated("b")}, {Row: 4, Fields: []string{"n=y"}}}},
		{name: "names repeated in a line", in: `{"type":"Feature","type":"x"}` + `{"type":"Feature","foreign":{"b":1,"b":1}}` + `{"x":1,"x":1,"type":"Feature"}` + `{"type":"Point","coordinates":[1,2],"crs":{"c":1,"c":2}}` + two,
			want: []recordtest.Row{{Row: 1, Err: repeated("type")}, {Row: 2, Err: repeated("b")}, {Row: 3, Err: repeated("x")}, {Row: 4, Err: repeated("c")}, {Row: 5, Fields: []string{"n=y"}}}},
		{name: "names repeated in a collection", in: `{"x":{"y":1,"y":1},"type":"FeatureCollection","features":[]}`, err: "after feature 0: byte 60: " + repeated("y")},
		{name: "large feature", in: collection(`{"x":"`+strings.Repeat("x", maxFeature)+`"}`, two), want: []recordtest.Row{{Row: 1, Err: "the feature is larger than 8 MiB"}, second}},
		{name: "large foreign member", in: `{"x":["` + strings.Repeat("x", maxFeature) + `"],` + collection(one)[1:], want: []recordtest.Row{first}},
		{name: "large single feature", in: `{"type":"Feature","properties":{"x":"` + strings.Repeat("x", maxFeature) + `"}}` + two, want: []recordtest.Row{{Row: 1, Err: "the feature is larger than 8 MiB"}, second}},
		{name: "crs of WGS 84", in: `{"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},` + collection(one)[1:], want: []recordtest.Row{first}},
		{name: "crs null", in: `{"crs":null,` + collection(one)[1:], want: []recordtest.Row{first}},
		{name: "crs other", in: `{"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::2180"}},` + collection(one)[1:],
			err: `after feature 0: byte 112: ` + errCRS.Error() + `: it is {"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::2…`},
		{name: "crs other, last", in: strings.TrimSuffix(collection(one), "}") + `,"crs":{"type":"name","properties":{"name":"EPSG:2180"}}}`, want: []recordtest.Row{first},
			err: `after feature 1: byte 245: ` + errCRS.Error() + `: it is {"type":"name","properties":{"name":"EPSG:2180"}}`},
		{name: "cut off", in: collection(one, two)[:200], want: []recordtest.Row{first}, err: "after feature 1: byte 200: unexpected EOF"},
		{name: "no comma", in: `{"type":"FeatureCollection","features":[` + one + two + `]}`, err: `after feature 1: byte 188: ',' or ']' was expected, not '{'`},
		{name: "comma last", in: collection(one, ""), err: `after feature 1: byte 189: there is a comma before ']'`},
		{name: "brackets that do not match", in: `{"x":{]}}`, err: `after feature 0: byte 7: '}' was expected, not ']'`},
		{name: "deep", in: `{"x":` + strings.Repeat("[", 600), err: "after feature 0: byte 518: more than 512 levels of nesting"},
		{name: "no value", in: `{"x":}`, err: `after feature 0: byte 6: a value was expected, not '}'`},
		{name: "literal", in: `{"x":nil}`, err: `after feature 0: byte 8: this is neither a number nor true, false or null`},
		{name: "key", in: `{x:1}`, err: `after feature 0: byte 2: this is neither a number nor true, false or null`},
		{name: "TopoJSON", in: `{"type":"Topology"}`, err: `after feature 0: byte 19: this is not GeoJSON: its type is "Topology"`},
		{name: "text after the object", in: collection() + "]", err: `after feature 0: byte 43: '{' or the end was expected, not ']'`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []recordtest.Row
			r, err := open(test.in)
			if err == nil {
				got, err = recordtest.ReadAll(r)
			}
			if diff := cmp.Diff(test.want, got); diff != "" && (test.err == "" || test.want != nil) {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.err, recordtest.ErrorText(err)); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFeaturesShareColumns(t *testing.T) {
	const feature = `{"type":"Feature","properties":{"a":1,"b":%d}}`
	r, err := open(fmt.Sprintf(feature, 1) + fmt.Sprintf(feature, 2))
	if err != nil {
		t.Fatal(err)
	}
	first, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	second, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	if first.Columns != second.Columns {
		t.Error("equal names are not shared")
	}
	if v, _ := first.Get("b"); v != "1" {
		t.Errorf("the first record changed: b is %q", v)
	}
}

// FuzzReader checks that any text is read to its end, and that the features are
// numbered from 1.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{
		`{"type":"FeatureCollection","features":[{"type":"Feature","id":1,"properties":{"a":"b"},"geometry":{"type":"Point","coordinates":[1,2]}}]}`,
		`{"features":[],"crs":null,"type":"FeatureCollection"}`, `{"type":"Point","coordinates":[1,2]}`,
		"\x1e{\"type\":\"Feature\"}\n\x1e{\"type\":\"Feature\"}", `{"x":[{"y":"\""}],"type":"Polygon"}`, `{"type":"MultiPoint","coordinates":[[1,2]]}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		r, err := open(in)
		if err != nil {
			return
		}
		rows, _ := recordtest.ReadAll(r)
		for i, row := range rows {
			if row.Row != i+1 {
				t.Fatalf("feature %d is numbered %d", i+1, row.Row)
			}
			if row.Err != "" && row.Geometry != nil {
				t.Fatalf("feature %d is rejected and has a geometry", row.Row)
			}
		}
	})
}
