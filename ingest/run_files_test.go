package ingest

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest/record"
	"github.com/pinezka/pinezka/ingest/recordtest"
)

func chicago() (*civic.District, Mapping) {
	d := district(-87.95, 41.64, -87.52, 42.03)
	d.TimeZone = "America/Chicago"
	d.Categories = d.Categories[:1]
	return d, Mapping{
		Column: map[Target]string{
			ID: "Service_Request_Number", Title: "{Type_of_Service_Request}: {Street_Address}",
			Body: "What_is_the_Nature_of_this_Code_Violation", Status: "Status", Date: "Creation_Date",
			Lat: "Latitude", Lon: "Longitude",
		},
		Default: map[Target]string{Category: "waste"},
		Values: map[Target]map[string]string{Status: {
			"Completed": "met", "Completed - Dup": "met", "Open": "reported", "Open - Dup": "reported",
		}},
	}
}

func TestChicago(t *testing.T) {
	file := filepath.Join(recordtest.DataDir(t, "311-chicago-sanitation"), "chicago_sanitation_complaints.csv.gz")
	for _, test := range []struct {
		name   string
		change func(Mapping)
	}{
		{"lat and lon", func(Mapping) {}},
		{"point", func(m Mapping) {
			delete(m.Column, Lat)
			delete(m.Column, Lon)
			m.Column[Point] = "Location"
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, m := chicago()
			test.change(m)
			got := reasons{}
			counts, err := Run(context.Background(), Config{Reader: openFile(t, file, Options{}), Mapping: m, District: d, Today: civic.MaxDay, Sink: &pinSink{}, Rejected: got.add})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(Counts{Read: 74401, Added: 74401 - 24, Rejected: 24}, counts); diff != "" {
				t.Errorf("counts (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(reasons{"place: there are no coordinates": 24}, got); diff != "" {
				t.Errorf("rejected (-want +got):\n%s", diff)
			}
		})
	}
}

// TestNewYork reads dates and places as New York publishes them.
func TestNewYork(t *testing.T) {
	file := filepath.Join(recordtest.DataDir(t, "311-nyc-animal"), "nyc_311_animal.csv.gz")
	d := district(-74.26, 40.49, -73.69, 40.92)
	d.TimeZone = "America/New_York"
	m := Mapping{
		Column:     map[Target]string{ID: "Unique Key", Title: "{Complaint Type}: {Incident Address}", Body: "Descriptor", Date: "Created Date", Point: "Location"},
		Default:    map[Target]string{Category: "waste"},
		DateLayout: "1/2/2006 15:04",
	}
	got := reasons{}
	counts, err := Run(context.Background(), Config{Reader: openFile(t, file, Options{}), Mapping: m, District: d, Today: civic.MaxDay, Sink: &pinSink{}, Rejected: got.add})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Counts{Read: 4969, Added: 4969 - 62, Rejected: 62}, counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(reasons{"place: there are no coordinates": 62}, got); diff != "" {
		t.Errorf("rejected (-want +got):\n%s", diff)
	}

	m.DateLayout = ""
	got = reasons{}
	counts, err = Run(context.Background(), Config{Reader: openFile(t, file, Options{}), Mapping: m, District: d, Today: civic.MaxDay, Sink: &pinSink{}, Rejected: got.add})
	if err != nil || counts.Added != 0 || got["date: "+errDayMonth.Error()] != 4969-62 {
		t.Errorf("without a layout: %+v, %v, rejected %v", counts, err, got)
	}
}

func TestPolishFiles(t *testing.T) {
	budget := recordtest.DataDir(t, "budget-projects")
	wof := recordtest.DataDir(t, "krakow-admin-wof")
	tests := []struct {
		name     string
		file     string
		opt      Options
		district *civic.District
		mapping  Mapping
		want     Counts
		reasons  reasons
		title    string // of the first pin
	}{
		{
			name: "cp1250", file: budget + "/podgorze_2018_2022.cp1250.csv", opt: Options{Encoding: "windows-1250"}, district: podgorze(),
			mapping: Mapping{
				Column:  map[Target]string{ID: "{Rok}/{Nr}", Title: "Nazwa zadania", Body: "Koszt: {Koszt [zł]} zł"},
				Default: map[Target]string{Category: "Zieleń", Date: "2022-01-01", Point: "50,0413; 19,9492"},
			},
			want: Counts{Read: 149, Added: 149}, reasons: reasons{}, title: "Rewitalizacja zabytkowego stadionu Korony Kraków",
		},
		{
			name: "Katowice", file: budget + "/katowice_2020_2021.csv", district: district(18.8, 50.1, 19.2, 50.4),
			mapping: Mapping{
				Column:  map[Target]string{ID: "{edition_year}/{project_id}", Title: "name", Date: "vote_start", Lat: "latitude", Lon: "longitude"},
				Default: map[Target]string{Category: "green"},
			},
			want: Counts{Read: 742, Added: 742}, reasons: reasons{}, title: "Tężnia solankowa - dodatkowe wyposażenie",
		},
		{
			name: "WOF points", file: wof + "/krakow_neighbourhoods_points.geojson", district: podgorze(),
			mapping: Mapping{Column: map[Target]string{Title: "name"}, Default: map[Target]string{Category: "green", Date: "2022-01-01"}},
			want:    Counts{Read: 240, Added: 239, Rejected: 1}, reasons: reasons{"place: the place is outside the district": 1},
			title: "Bronowice Wielkie",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var sink pinSink
			got := reasons{}
			counts, err := Run(context.Background(), Config{Reader: openFile(t, test.file, test.opt), Mapping: test.mapping, District: test.district, Today: civic.MaxDay, Sink: &sink, Rejected: got.add})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, counts); diff != "" {
				t.Errorf("counts (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.reasons, got); diff != "" {
				t.Errorf("rejected (-want +got):\n%s", diff)
			}
			if len(sink.pins) == 0 || sink.pins[0].Title != test.title {
				t.Errorf("the first title is not %q", test.title)
			}
		})
	}
}

// discard is a sink that discards the pins.
type discard struct{}

func (discard) Add(context.Context, int, civic.NewPin) error { return nil }

// chicagoCSV returns the decompressed file.
func chicagoCSV(b *testing.B) []byte {
	f, err := os.Open(filepath.Join(recordtest.DataDir(b, "311-chicago-sanitation"), "chicago_sanitation_complaints.csv.gz"))
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

// BenchmarkCSV compares reading and running with encoding/csv alone.
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
	open := func(b *testing.B) record.Reader {
		r, err := Open("x.csv", bytes.NewReader(content), Options{})
		if err != nil {
			b.Fatal(err)
		}
		return r
	}
	measure("Read", func(b *testing.B) (rows int) {
		r := open(b)
		for {
			if _, err := r.Read(); errors.Is(err, io.EOF) {
				return rows
			} else if err != nil {
				b.Fatal(err)
			}
			rows++
		}
	})
	measure("Run", func(b *testing.B) int {
		d, m := chicago()
		counts, err := Run(context.Background(), Config{Reader: open(b), Mapping: m, District: d, Today: civic.MaxDay, Sink: discard{}})
		if err != nil {
			b.Fatal(err)
		}
		return counts.Read
	})
}

// BenchmarkGeoJSON measures a run.
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
		counts, err := Run(context.Background(), Config{Reader: r, Mapping: m, District: podgorze(), Today: civic.MaxDay, Sink: discard{}})
		if err != nil || counts.Added != features {
			b.Fatal(counts, err)
		}
	}
	b.ReportMetric(features*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
