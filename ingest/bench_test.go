package ingest

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/pinezka/pinezka/civic"
)

type nowhere struct{}

func (nowhere) Add(context.Context, int, civic.NewPin) error { return nil }

// chicagoCSV is the unpacked file.
func chicagoCSV(b *testing.B) []byte {
	f, err := os.Open(filepath.Join(fixtures(b, "311-chicago-sanitation"), "chicago_sanitation_complaints.csv.gz"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	content, err := io.ReadAll(z)
	if err != nil {
		b.Fatal(err)
	}
	return content
}

// BenchmarkCSV compares this package with bare encoding/csv, in rows a second.
func BenchmarkCSV(b *testing.B) {
	content := chicagoCSV(b)
	measure := func(name string, run func(b *testing.B) int) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(content)))
			b.ReportAllocs()
			rows := 0
			for b.Loop() {
				rows += run(b)
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
		})
	}
	measure("encoding-csv", func(b *testing.B) (rows int) {
		r := csv.NewReader(bytes.NewReader(content))
		for {
			if _, err := r.Read(); err == io.EOF {
				return rows - 1
			} else if err != nil {
				b.Fatal(err)
			}
			rows++
		}
	})
	open := func(b *testing.B) Reader {
		r, err := Open("x.csv", bytes.NewReader(content), Options{})
		if err != nil {
			b.Fatal(err)
		}
		return r
	}
	measure("Read", func(b *testing.B) (rows int) {
		r := open(b)
		for {
			if _, err := r.Read(); err == io.EOF {
				return rows
			} else if err != nil {
				b.Fatal(err)
			}
			rows++
		}
	})
	measure("Run", func(b *testing.B) int {
		d, m := chicago()
		counts, err := Run(context.Background(), open(b), m, d, nowhere{}, nil, nil)
		if err != nil {
			b.Fatal(err)
		}
		return counts.Read
	})
}

func BenchmarkGeoJSON(b *testing.B) {
	const features = 10_000
	var in bytes.Buffer
	in.WriteString(`{"type":"FeatureCollection","features":[`)
	for i := range features {
		if i > 0 {
			in.WriteString(",\n")
		}
		fmt.Fprintf(&in, `{"type":"Feature","id":%d,"properties":{"name":"Kosz %d","kind":"waste","date":"2024-03-05"},"geometry":{"type":"Point","coordinates":[19.97,50.02]}}`, i, i)
	}
	in.WriteString("]}")
	m := Mapping{Column: map[Target]string{Title: "name", Category: "kind", Date: "date"}}
	b.SetBytes(int64(in.Len()))
	b.ReportAllocs()
	for b.Loop() {
		r, err := Open("x.geojson", bytes.NewReader(in.Bytes()), Options{})
		if err != nil {
			b.Fatal(err)
		}
		counts, err := Run(context.Background(), r, m, podgorze(), nowhere{}, nil, nil)
		if err != nil || counts.Added != features {
			b.Fatal(counts, err)
		}
	}
	b.ReportMetric(features*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
