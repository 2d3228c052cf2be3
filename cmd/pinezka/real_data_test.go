package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/store/storetest"
)

// dataFile returns the path of a real data set in the shared data, a folder next
// to the repository. It skips the test when there is no such file.
func dataFile(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", "data", name))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the data set is not beside the repository: %v", err)
	}
	return path
}

const chicagoCategories = `[{"slug": "sanitation", "kind": "need", "visibility": "point", "colour": "#7a5c1e", "label": {"en": "Sanitation"}}]`

// TestChicago imports a real file twice into a district that the statistics of
// the planner do not know: case import-reimport-stale-statistics.
func TestChicago(t *testing.T) {
	t.Parallel()
	file := dataFile(t, "311-chicago-sanitation/chicago_sanitation_complaints.csv.gz")
	url := storetest.URL(t)
	dir := t.TempDir()
	categories := filepath.Join(dir, "categories.json")
	if err := os.WriteFile(categories, []byte(chicagoCategories), 0o600); err != nil {
		t.Fatal(err)
	}
	pinezka := func(args ...string) string {
		t.Helper()
		cmd := command(t, append(args, "--database-url", url)...)
		cmd.Dir = dir
		return mustFinish(t, cmd)
	}
	load := func() string {
		t.Helper()
		return pinezka("import", file, "--district", "chicago",
			"--map", "id=Service_Request_Number", "--map", "lat=Latitude", "--map", "lon=Longitude",
			"--map", "title={Type_of_Service_Request}: {Street_Address}", "--map", "date=Creation_Date", "--map", "status=Status",
			"--value", "status:Completed=met", "--value", "status:Completed - Dup=met",
			"--value", "status:Open=reported", "--value", "status:Open - Dup=reported", "--default", "category=sanitation")
	}
	pinezka("demo", "--pins", "2000")
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), `alter table pins set (autovacuum_enabled = off); analyze pins`); err != nil {
		t.Fatal(err)
	}
	pinezka("district", "add", "--slug", "chicago", "--time-zone", "America/Chicago", "--publish-at-once", "--bbox", "-87.95,41.64,-87.52,42.03", "--categories", categories)

	const tail = "Rejected rows, with reasons: chicago_sanitation_complaints.csv.gz.rejected.csv\nTo undo it: pinezka undo --district chicago "
	want := "Import 1 of chicago: 74401 read = 74002 created + 0 updated + 0 unchanged + 399 rejected\n" + tail + "1\n"
	if diff := cmp.Diff(want, load()); diff != "" {
		t.Errorf("first import (-want +got):\n%s", diff)
	}
	rejected := checkRejected(t, filepath.Join(dir, "chicago_sanitation_complaints.csv.gz.rejected.csv"))

	want = "Import 2 of chicago: 74401 read = 0 created + 0 updated + 74002 unchanged + 399 rejected\n" + tail + "2\n"
	if diff := cmp.Diff(want, load()); diff != "" {
		t.Errorf("second import (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(rejected, checkRejected(t, filepath.Join(dir, "chicago_sanitation_complaints.csv.gz.rejected.csv"))); diff != "" {
		t.Errorf("rejected the second time (-first +second):\n%s", diff)
	}

	if diff := cmp.Diff("Import 2 undone: 0 pins removed, 0 restored\n", pinezka("undo", "2", "--district", "chicago")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff("Import 1 undone: 74002 pins removed, 0 restored\n", pinezka("undo", "1", "--district", "chicago")); diff != "" {
		t.Error(diff)
	}
	if n := count(t, url, `select count(*) from pins join districts using (district_id) where slug = 'chicago'`); n != 0 {
		t.Errorf("%d pins remain", n)
	}
}

// checkRejected reads the rejected rows of Chicago and compares them with what
// SOURCE.md documents.
func checkRejected(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"row", "reason", "Creation_Date"}, rows[0][:3]); diff != "" {
		t.Fatal(diff)
	}
	id := slices.Index(rows[0], "Service_Request_Number")
	repeat := regexp.MustCompile(`^the id repeats that of row (\d+), which was imported$`)
	repeats, withoutPlace, seen := 0, 0, map[string]bool{}
	for _, r := range rows[1:] {
		row, err := strconv.Atoi(r[0])
		if err != nil || row < 2 || row > 74402 || seen[r[0]] || r[id] == "" {
			t.Errorf("rejected row %q", r)
		}
		seen[r[0]] = true
		if m := repeat.FindStringSubmatch(r[1]); m != nil {
			repeats++
			if first, err := strconv.Atoi(m[1]); err != nil || first >= row {
				t.Errorf("rejected row %q repeats a later one", r)
			}
		} else if r[1] == "place: there are no coordinates" {
			withoutPlace++
		} else {
			t.Errorf("rejected row %q", r)
		}
	}
	if repeats != 375 || withoutPlace != 24 {
		t.Errorf("%d repeated ids and %d without coordinates, want 375 and 24", repeats, withoutPlace)
	}
	return rows
}

// TestKrakowAreas makes a district of the 63 Voronoi areas of the registration
// unit Podgórze.
func TestKrakowAreas(t *testing.T) {
	t.Parallel()
	file := dataFile(t, "krakow-admin-wof/podgorze_borough_voronoi_areas.geojson")
	url := storetest.URL(t)
	output := mustFinish(t, command(t, "district", "add", "--slug", "podgorze-teryt", "--time-zone", "Europe/Warsaw", "--areas", file, "--database-url", url))
	if !strings.HasPrefix(output, "District podgorze-teryt: 63 areas, 27 categories, ") {
		t.Error(output)
	}
	if n := count(t, url, `select count(*) from areas where version = 1 and st_isvalid(boundary)`); n != 63 {
		t.Errorf("%d areas", n)
	}
	// their union is the district, without gaps or overlaps
	for what, sql := range map[string]string{
		"polygons of the boundary after the first": `select st_numgeometries(boundary) - 1 from districts`,
		"m² of the district that are in no area":   `select st_area(st_difference(d.boundary, (select st_union(boundary) from areas))::geography)::bigint from districts d`,
		"m² that are in more than one area":        `select ((select sum(st_area(boundary::geography)) from areas) - st_area(boundary::geography))::bigint / 100 from districts`,
	} {
		if n := count(t, url, sql); n != 0 {
			t.Errorf("%s: %d", what, n)
		}
	}
}

func count(t *testing.T, url, sql string) (n int) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if err := conn.QueryRow(t.Context(), sql).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
