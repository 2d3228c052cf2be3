package pins_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/xuri/excelize/v2"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestExport checks that the files have exactly the pins that the filter and the
// words select, over several pages, without those that are only counted, and in
// the form that spreadsheets of the language expect.
func TestExport(t *testing.T) {
	d := webtest.District(civic.ModerateAfter)
	var drafts []civic.Draft
	for i := range 3100 {
		drafts = append(drafts, civic.Draft{
			Category: d.Categories[i%3].Slug, Title: fmt.Sprintf("Ławka %d", i), ReportedOn: civic.Day(20000 + i%700),
			Point: orb.Point{19.92, 50.03},
		})
	}
	drafts[0].Title, drafts[0].Body = "=1+1", "-5; \"quoted\"\nand a second line"
	s := webtest.OpenWith(t, d, drafts)
	rows := func(path string, comma rune) [][]string {
		t.Helper()
		resp, body := s.Do(t, "GET", path, "")
		h := resp.Header
		if resp.StatusCode != http.StatusOK || !strings.HasPrefix(h.Get("Content-Disposition"), `attachment; filename="trial-20`) || h.Get("Cache-Control") != "no-store" {
			t.Fatalf("%s: status %d, %v", path, resp.StatusCode, h)
		}
		text, marked := strings.CutPrefix(body, "\uFEFF")
		r := csv.NewReader(strings.NewReader(text))
		r.Comma = comma
		all, err := r.ReadAll()
		if err != nil || !marked {
			t.Fatalf("%s: byte order mark %t, %v", path, marked, err)
		}
		return all
	}
	polish, english := rows("/d/trial/pins.csv?lang=pl", ';'), rows("/d/trial/pins.csv?lang=en&q=lawka&kind=need", ',')
	if len(polish) != 1+2067 || len(english) != 1+1033 { // of 3,100 pins, a third is only counted; the words are not in one
		t.Errorf("%d and %d rows", len(polish), len(english))
	}
	ids := map[string]bool{}
	for _, row := range polish[1:] {
		ids[row[0]] = true
	}
	if len(ids) != len(polish)-1 {
		t.Error("pins are repeated")
	}
	for _, row := range polish {
		if row[4] != "'=1+1" {
			continue
		}
		row[0], row[12] = "", ""
		want := []string{"", "Potrzeba", "Drzewa", "Zgłoszona", "'=1+1", "'-5; \"quoted\"\nand a second line", "Zachód", "50,030000", "19,920000", "dokładne", "2024-10-04", "0", ""}
		if diff := cmp.Diff(want, row); diff != "" {
			t.Error(diff)
		}
	}
	_, body := s.Do(t, "GET", "/d/trial/pins.xlsx?lang=en&q=lawka&kind=need", "")
	book, err := excelize.OpenReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheet, err := book.GetRows("Data")
	if diff := cmp.Diff(english, sheet); err != nil || diff != "" {
		t.Errorf("%v (-CSV +XLSX):\n%s", err, diff)
	}
	about, err := book.GetRows("About the data")
	if err != nil || len(about) != 3+13+2 || !strings.HasSuffix(about[17][0], "/d/trial?kind=need&q=lawka") {
		t.Errorf("%q, %v", about, err)
	}
	for _, path := range []string{"/d/trial/pins.geojson", "/d/trial/pins.geojson?kind=need", "/d/trial/pins.geojson?q=nothing"} {
		resp, body := s.Do(t, "GET", path, "")
		var out struct {
			Type     string `json:"type"`
			Features []struct {
				Properties struct {
					Category string `json:"category"`
				} `json:"properties"`
			} `json:"features"`
		}
		if err := json.Unmarshal([]byte(body), &out); err != nil || out.Type != "FeatureCollection" || resp.Header.Get("Content-Type") != "application/geo+json" {
			t.Errorf("%s: %v: %.200s", path, err, body)
		}
		want := map[string]int{"/d/trial/pins.geojson": 2067, "/d/trial/pins.geojson?kind=need": 1034}[path]
		if len(out.Features) != want {
			t.Errorf("%s has %d pins, want %d", path, len(out.Features), want)
		}
	}
	if resp, body := s.Do(t, "GET", "/d/trial/pins.csv?kind=dragon&lang=en", ""); resp.StatusCode != http.StatusBadRequest || !strings.Contains(body, "kind") {
		t.Errorf("a bad filter: status %d", resp.StatusCode)
	}
}
