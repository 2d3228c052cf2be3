package ingest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/ingest/recordtest"
)

func TestOpen(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	fmt.Fprint(z, "a\tb\n1\t2\n")
	z.Close()
	const geo = `{"type":"Feature","properties":null,"geometry":null}`
	tests := []struct {
		name, in, want string
		opt            Options
	}{
		{"x.csv", "a", "*csv.Reader", Options{}},
		{"x.TSV", "a,b\tc", "*csv.Reader", Options{}},
		{"x.tsv.gz", zipped.String(), "*csv.Reader", Options{}},
		{"no-extension", zipped.String(), "*csv.Reader", Options{}},
		{"x.csv", "{", "*csv.Reader", Options{}},
		{"x.txt", "a;b", "*csv.Reader", Options{}},
		{"x.txt", " \n" + geo, "*geojson.Reader", Options{}},
		{"x.geojson", geo, "*geojson.Reader", Options{}},
		{"x.json", "\x1e" + geo, "*geojson.Reader", Options{}},
		{"", geo, "*geojson.Reader", Options{}},
		{"x.json", "[]", "open x.json: byte 1: GeoJSON begins with '{', not '['", Options{}},
		{"x.json", "  ", "open x.json: the file is empty", Options{}},
		{"x.kml", "<?xml ", "open x.kml: this is XML or HTML, which cannot be imported; save it as CSV or GeoJSON", Options{}},
		{"x.csv", geo, "*geojson.Reader", Options{Format: GeoJSON}},
		{"x.csv", "a", `open x.csv: format "kml" is not one of ["csv" "geojson"]`, Options{Format: "kml"}},
		{"x.csv", "a", `open x.csv: encoding "polish" is not known; try utf-8, windows-1250, iso-8859-2 or utf-16le`, Options{Encoding: "polish"}},
		{"dir/x.csv", "", "open x.csv: the file is empty: there is no header row", Options{}},
		{"x.csv", "a\x00b", "open x.csv: this is not text; if it is UTF-16 (utf-16le or utf-16be), state the encoding of the file", Options{}},
		{"x.csv", "PK\x03\x04", "open x.csv: this is a ZIP or Excel file; unpack it, or save it as CSV", Options{}},
		{"x.csv.gz", "\x1f\x8bnot really gzip", "open x.csv.gz: gzip: invalid header", Options{}},
	}
	for _, test := range tests {
		r, err := Open(test.name, strings.NewReader(test.in), test.opt)
		got := fmt.Sprintf("%T", r)
		if err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("Open(%q) of %.10q is %s, want %s", test.name, test.in, got, test.want)
		}
	}
}

func TestTruncatedGzip(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	for i := range 100_000 {
		fmt.Fprintf(z, "%d\n", i)
	}
	z.Close()
	r, err := Open("x.csv.gz", io.LimitReader(&zipped, int64(zipped.Len()/2)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := recordtest.ReadAll(r)
	if err == nil || !strings.Contains(err.Error(), "unexpected EOF") || !strings.HasPrefix(err.Error(), "row ") || len(rows) == 0 {
		t.Errorf("after %d rows the error is %v", len(rows), err)
	}
}
