package ingest

import (
	"context"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// FuzzCSV reads anything: it must end, count rows upward, and agree with
// encoding/csv on what that reads without a fault.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "a;b\r\"x\ry\";2\r", "a\n\"1\"\"2\"\n3\"\n", "\ufeffa\tb\n\n,\n", "\xff\xfea\x00", "a,b\n\"1,2\n3"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		r, err := Open("x.csv", strings.NewReader(in), Options{Delimiter: ','})
		if err != nil {
			return
		}
		rows, readErr := readAll(r)
		last := 0
		var got [][]string
		for _, row := range rows {
			if row.Row <= last {
				t.Fatalf("row %d comes after row %d", row.Row, last)
			}
			last = row.Row
			if row.Err != "" {
				return
			}
			if len(row.Fields) != len(r.Fields()) {
				t.Fatalf("row %d has %d fields of %d", row.Row, len(row.Fields), len(r.Fields()))
			}
			var values []string
			for i, name := range r.Fields() {
				values = append(values, strings.TrimPrefix(row.Fields[i], name+"="))
			}
			got = append(got, values)
		}
		if readErr != nil || strings.Contains(in, "\r") || in[0] >= 0x80 || in[0] == 0x1f {
			return // encoding/csv knows no CR, no marks and no gzip
		}
		oracle := csv.NewReader(strings.NewReader(in))
		oracle.FieldsPerRecord = -1
		want, err := oracle.ReadAll()
		if err != nil {
			t.Fatalf("encoding/csv refuses what is accepted here: %v", err)
		}
		want = slices.DeleteFunc(want, blank)[1:]
		for i := range want {
			want[i] = want[i][:len(r.Fields())]
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("(-encoding/csv +got):\n%s", diff)
		}
	})
}

// FuzzGeoJSON reads anything: it must end and number the features from 1.
func FuzzGeoJSON(f *testing.F) {
	for _, seed := range []string{
		`{"type":"FeatureCollection","features":[{"type":"Feature","id":1,"properties":{"a":"b"},"geometry":{"type":"Point","coordinates":[1,2]}}]}`,
		`{"features":[],"crs":null,"type":"FeatureCollection"}`, `{"type":"Point","coordinates":[1,2]}`,
		"\x1e{\"type\":\"Feature\"}\n\x1e{\"type\":\"Feature\"}", `{"x":[{"y":"\""}],"type":"Polygon"}`, `{"type":"MultiPoint","coordinates":[[1,2]]}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		r, err := Open("x.geojson", strings.NewReader(in), Options{})
		if err != nil {
			return
		}
		rows, _ := readAll(r)
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

// FuzzMapping takes any template over any values to the end: pins that come
// out are valid, and reasons hold nothing of the row.
func FuzzMapping(f *testing.F) {
	f.Add("{a}: {b}", "x", "2024-03-05", "50.02 19.97", "met", "1/2/2006")
	f.Add("a", "secret@example.org", "05.03.2024", "POINT (19.97 50.02)", "", "")
	f.Add("{a} ({b})", "", "2024-03-05T10:00:00Z", "(50,02; 19,97)", "waste", "02/01/06")
	f.Fuzz(func(t *testing.T, title, a, date, point, word, layout string) {
		m := Mapping{
			Column: map[Target]string{
				ID: "a", Title: title, Body: "a", Category: "word", Status: "word", Date: "date", Point: "point",
			},
			Values:     map[Target]map[string]string{Category: {word: "waste"}},
			DateLayout: layout,
		}
		columns := NewColumns("a", "b", "date", "point", "word")
		r := &sequence{{Row: 1, Columns: columns, Values: []string{a, word, date, point, word}}}
		var sink kept
		var rejected []Rejection
		_, err := Run(context.Background(), r, m, podgorze(), &sink, func(r Rejection) error { rejected = append(rejected, r); return nil }, nil)
		if err != nil {
			return
		}
		for _, pin := range sink.pins {
			if _, err := podgorze().Accept(pin.Draft); err != nil {
				t.Fatalf("an accepted pin is not acceptable: %v", err)
			}
		}
		for _, r := range rejected {
			if strings.Contains(r.ExternalID, "@") || strings.ContainsAny(r.Reason, "\n\r@") {
				t.Fatalf("rejection %+v", r)
			}
		}
	})
}

// FuzzPoint reads any text as a place.
func FuzzPoint(f *testing.F) {
	for _, seed := range []string{"50.02, 19.97", "(50,02; 19,97)", "POINT Z (19.97 50.02 1)", "SRID=4326;POINT(1 2)", "POINT EMPTY"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		p, err := parsePoint(in)
		if err == nil && (p[0] != p[0] || p[1] != p[1]) {
			t.Fatalf("%q is %v", in, p)
		}
	})
}
