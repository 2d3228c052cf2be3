package ingest

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
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
	file := filepath.Join(fixtures(t, "311-chicago-sanitation"), "chicago_sanitation_complaints.csv.gz")
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
			r, err := openFile(t, file, Options{})
			if err != nil {
				t.Fatal(err)
			}
			d, m := chicago()
			test.change(m)
			got := reasons{}
			calls := 0
			counts, err := Run(context.Background(), r, m, d, &kept{}, got.add, func(int) { calls++ })
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(Counts{Read: 74401, Added: 74401 - 24, Rejected: 24}, counts); diff != "" {
				t.Errorf("counts (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(reasons{"place: there are no coordinates": 24}, got); diff != "" {
				t.Errorf("rejected (-want +got):\n%s", diff)
			}
			if calls != 75 {
				t.Errorf("progress was called %d times", calls)
			}
		})
	}
}

// summary is a line of a golden: counts and our own words, nothing of the file.
func summary(t *testing.T, name string, opt Options) string {
	r, err := openFile(t, name, opt)
	base := filepath.Base(name)
	if err != nil {
		return fmt.Sprintf("%s: refused: %v", base, err)
	}
	rows, err := readAll(r)
	line := fmt.Sprintf("%s: %d fields, %d rows", base, len(r.Fields()), len(rows))
	count := reasons{}
	places := 0
	for _, row := range rows {
		if row.Err != "" {
			count[row.Err]++
		}
		if row.Geometry != nil {
			places++
		}
	}
	if places > 0 {
		line += fmt.Sprintf(", %d places", places)
	}
	var errs []string
	for reason, n := range count {
		errs = append(errs, fmt.Sprintf("\n    rejected %d: %s", n, reason))
	}
	slices.Sort(errs)
	for _, e := range errs {
		line += e
	}
	if err != nil {
		line += fmt.Sprintf("\n    stopped: %v", err)
	}
	return line
}

func files(t *testing.T, patterns ...string) []string {
	var all []string
	for _, p := range patterns {
		found, err := filepath.Glob(p)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %d files, %v", p, len(found), err)
		}
		all = append(all, found...)
	}
	return all
}

func TestCSVFixtures(t *testing.T) {
	dir := fixtures(t, "fixtures-csv-xlsx")
	encodings := map[string]string{"test_latin1.csv": "latin1", "characters.csv": "big5", "spanish_chars.csv": "windows-1252"}
	var lines []string
	for _, f := range files(t, dir+"/csvkit/*.*", dir+"/csvlint/*.*", dir+"/messytables-horror/*.*", dir+"/blns/*.*") {
		lines = append(lines, summary(t, f, Options{}))
		if label := encodings[filepath.Base(f)]; label != "" {
			lines = append(lines, label+": "+summary(t, f, Options{Encoding: label}))
		}
	}
	golden(t, "csv.txt", joined(lines))
}

func TestGeoJSONFixtures(t *testing.T) {
	dir := fixtures(t, "fixtures-geojson")
	var lines []string
	for _, f := range files(t, dir+"/geojsonhint-good/*", dir+"/geojsonhint-bad/*", dir+"/geojson-vt/*", dir+"/polygon-clipping/*", dir+"/supercluster/*") {
		lines = append(lines, summary(t, f, Options{}))
	}
	golden(t, "geojson.txt", joined(lines))
}

func TestPolishFixtures(t *testing.T) {
	budget := fixtures(t, "budget-projects")
	wof := fixtures(t, "krakow-admin-wof")
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
			r, err := openFile(t, test.file, test.opt)
			if err != nil {
				t.Fatal(err)
			}
			var sink kept
			got := reasons{}
			counts, err := Run(context.Background(), r, test.mapping, test.district, &sink, got.add, nil)
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
