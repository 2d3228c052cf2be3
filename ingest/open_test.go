package ingest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"testing"
)

func TestOpen(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	fmt.Fprint(z, "a\tb\n1\t2\n")
	z.Close()
	const geo = `{"type":"Feature","properties":null,"geometry":null}`
	tests := []struct{ name, in, want string }{
		{"x.csv", "a", "*ingest.csvReader"},
		{"x.TSV", "a,b\tc", "*ingest.csvReader"},
		{"x.tsv.gz", zipped.String(), "*ingest.csvReader"},
		{"no-extension", zipped.String(), "*ingest.csvReader"},
		{"x.csv", "{", "*ingest.csvReader"},
		{"x.txt", "a;b", "*ingest.csvReader"},
		{"x.txt", " \n" + geo, "*ingest.geoJSON"},
		{"x.geojson", geo, "*ingest.geoJSON"},
		{"x.json", "\x1e" + geo, "*ingest.geoJSON"},
		{"", geo, "*ingest.geoJSON"},
		{"x.json", "[]", "open x.json: byte 1: GeoJSON begins with '{', not '['"},
		{"x.json", "  ", "open x.json: the file is empty"},
		{"x.kml", "<?xml ", "open x.kml: this is XML or HTML, which cannot be imported; save it as CSV or GeoJSON"},
		{"x.csv.gz", "\x1f\x8bnot really gzip", "open x.csv.gz: gzip: invalid header"},
	}
	for _, test := range tests {
		r, err := Open(test.name, strings.NewReader(test.in), Options{})
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
	rows, err := readAll(r)
	if err == nil || !strings.Contains(err.Error(), "unexpected EOF") || !strings.HasPrefix(err.Error(), "row ") || len(rows) == 0 {
		t.Errorf("after %d rows the error is %v", len(rows), err)
	}
}
