package numbers_test

import (
	"fmt"
	"math"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

// inside returns the cells whose centre is in the district.
func inside(t *testing.T) (cells []geo.Cell) {
	t.Helper()
	d := webtest.District(civic.ModerateAfter)
	all, err := geo.Cover(d.Boundary, 9, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if geo.Contains(d.Boundary, c.Centre()) {
			cells = append(cells, c)
		}
	}
	return cells
}

// border is the longitude between the west and the east of the district.
const border = 19.95

// open starts a server with a pin in each cell in the west of the district.
func open(t *testing.T) *webtest.Site {
	t.Helper()
	d := webtest.District(civic.ModerateAfter)
	var drafts []civic.Draft
	for i, c := range inside(t) {
		if c.Centre().Lon() < border {
			drafts = append(drafts, civic.Draft{
				Category: d.Categories[i%2].Slug, Title: "Pinezka", Body: "Opis", Point: c.Centre(), ReportedOn: civic.Day(20000 + i),
			})
		}
	}
	return webtest.OpenWith(t, d, drafts)
}

// setGrid sets 200 people for each cell of the district whose centre is east of a
// longitude.
func setGrid(t *testing.T, s *webtest.Site, from float64) {
	t.Helper()
	d, err := s.Store.District(t.Context(), "trial")
	if err != nil {
		t.Fatal(err)
	}
	p := civic.Population{ByCell: map[geo.Cell]float64{}, Resolution: 9, Date: 19722, Source: "Register <b>"}
	for _, c := range inside(t) {
		if c.Centre().Lon() >= from {
			p.ByCell[c] = 200
		}
	}
	p.ByArea = p.AreasOfGrid(&d)
	if err := s.Store.ReplacePopulation(t.Context(), &d, &p); err != nil {
		t.Fatal(err)
	}
}

// response is what the tests read of the API.
type response struct {
	Minimum    int
	Population struct {
		Date, Source *string
		Spread       bool
	}
	People struct {
		Known, Heard, Silent float64
		FewResidents         float64 `json:"few_residents"`
	}
	Kinds []struct {
		Kind          string
		Heard, Silent float64
	}
	Areas []struct {
		Area                  string
		People, Heard, Silent float64
	}
	Neighbourhoods []struct {
		Cells, Areas     []string
		People, Expected float64
		Clear            bool
	}
	Cells []struct {
		H3     string
		People *float64
		Pins   int
		Class  string
	}
	HexOnly    struct{ Total, Larger int } `json:"hex_only"`
	Provenance struct {
		Pins, Cells, Resolution int
		Method                  string
	}
}

func get(t *testing.T, s *webtest.Site, query string) (out response) {
	t.Helper()
	s.GetJSON(t, "/api/v1/districts/{district}/coverage", "/api/v1/districts/trial/coverage"+query, &out)
	sum := 0
	for _, c := range out.Cells {
		sum += c.Pins
	}
	if sum != out.Provenance.Pins || len(out.Cells) != out.Provenance.Cells {
		t.Errorf("%s: %d pins in %d cells, provenance %+v", query, sum, len(out.Cells), out.Provenance)
	}
	if parts := out.People.Heard + out.People.Silent + out.People.FewResidents; math.Abs(parts-out.People.Known) > 0.2 {
		t.Errorf("%s: %f people in the parts of %f", query, parts, out.People.Known)
	}
	return out
}

// TestSilentEast finds the half of the district in which people live and no pin
// is, as one neighbourhood, and nothing else.
func TestSilentEast(t *testing.T) {
	s := open(t)
	setGrid(t, s, 0)
	all := get(t, s, "")
	if all.Population.Spread || *all.Population.Source != "Register <b>" || *all.Population.Date != "2023-12-31" || all.Minimum != 100 {
		t.Errorf("population %+v, minimum %d", all.Population, all.Minimum)
	}
	east := 0
	for _, c := range inside(t) {
		if c.Centre().Lon() >= border {
			east++
		}
	}
	if len(all.Neighbourhoods) != 1 || len(all.Neighbourhoods[0].Cells) != east || !all.Neighbourhoods[0].Clear || all.People.Silent != float64(200*east) {
		t.Errorf("neighbourhoods %+v of %+v", all.Neighbourhoods, all.People)
	}
	people := 0.0
	for _, a := range all.Areas {
		people += a.People
		if a.People == 0 || a.Area == "west" && a.Silent != 0 || a.Area == "east" && a.Heard != 0 {
			t.Errorf("%+v", a)
		}
	}
	if people != all.People.Known {
		t.Errorf("%f people in the areas, %f in all", people, all.People.Known)
	}
	if c := get(t, s, "?category=trees"); len(c.Kinds) != 1 || c.Kinds[0].Kind != "need" {
		t.Errorf("kinds of a category of needs: %+v", c.Kinds)
	}
	if len(all.Kinds) != 3 || all.Kinds[2].Kind != "organisation" || all.Kinds[2].Heard != 0 || all.Kinds[0].Heard == 0 {
		t.Errorf("kinds %+v", all.Kinds)
	}
	// With a minimum that no cell reaches, nobody is silent.
	if few := get(t, s, "?minimum=201"); few.People.Silent != 0 || len(few.Neighbourhoods) != 0 || few.People.FewResidents != all.People.Silent {
		t.Errorf("%+v", few.People)
	}
	// Nobody lives in the west, where all pins are: all are silent.
	setGrid(t, s, border)
	if c := get(t, s, ""); c.People.Heard != 0 || c.People.Silent != c.People.Known || c.People.Known != float64(200*east) {
		t.Errorf("%+v %+v", c.People, c.Neighbourhoods)
	}
}

// TestCoverageResolutions checks that people and pins are as many at each
// resolution, and that a finer one than what is published is refused.
func TestCoverageResolutions(t *testing.T) {
	s := open(t)
	setGrid(t, s, 0)
	for _, query := range []string{"?res=7", "?res=8", "?res=9"} {
		c := get(t, s, query)
		if fmt.Sprintf("?res=%d", c.Provenance.Resolution) != query || c.Provenance.Pins < 200 || c.Provenance.Method != "coverage-1" {
			t.Errorf("%s: %+v", query, c.Provenance)
		}
	}
	for _, query := range []string{"?res=10", "?res=6", "?res=x", "?minimum=0", "?minimum=100001", "?area=west", "?q=lipa"} {
		for _, path := range []string{"/api/v1/districts/trial/coverage", "/d/trial/coverage", "/d/trial/coverage.csv"} {
			if resp, _ := s.Do(t, "GET", path+query, ""); resp.StatusCode != http.StatusBadRequest {
				t.Errorf("%s%s: status %d", path, query, resp.StatusCode)
			}
		}
	}
}

// TestPopulationByAreaAlone spreads the residents of the area of which the number
// is known, and says so; of the other nothing is said.
func TestPopulationByAreaAlone(t *testing.T) {
	s := open(t)
	c := get(t, s, "?minimum=1")
	if !c.Population.Spread || c.Population.Source != nil || math.Abs(c.People.Known-1200) > 0.5 {
		t.Errorf("%+v %+v", c.Population, c.People)
	}
	unknown := 0
	for _, cell := range c.Cells {
		if cell.Class == "unknown" {
			unknown++
			if cell.People != nil {
				t.Errorf("%+v", cell)
			}
		}
	}
	if unknown == 0 || c.Neighbourhoods != nil && c.People.Silent > 600 {
		t.Errorf("%d cells are unknown; %+v", unknown, c.People)
	}
	_, page := s.Do(t, "GET", "/d/trial/coverage?lang=en", "")
	for _, text := range []string{"Residents of an area are spread evenly over its cells", "Their source is not known.", "residents unknown"} {
		if !strings.Contains(page, text) {
			t.Errorf("the page does not say %q", text)
		}
	}
}

// TestCoveragePage checks what the page says, in three languages, and its files.
func TestCoveragePage(t *testing.T) {
	s := open(t)
	setGrid(t, s, 0)
	for lang, want := range map[string][]string{
		"en": {"Where was nobody heard?", "live where nobody was heard", "Silence is not absence of need.", "more than chance", "Source: Register &lt;b&gt;, 31 December 2023.", "Method coverage-1"},
		"pl": {"Gdzie nikogo nie słyszeliśmy?", "Cisza to nie brak potrzeb.", "to więcej niż przypadek", "Źródło: Register &lt;b&gt;, 31 grudnia 2023."},
		"uk": {"Де нікого не почули?", "Тиша – це не відсутність потреб.", "це більше, ніж випадковість"},
	} {
		resp, body := s.Do(t, "GET", "/d/trial/coverage?lang="+lang, "")
		if resp.StatusCode != http.StatusOK {
			t.Fatalf("status %d", resp.StatusCode)
		}
		for _, text := range want {
			if !strings.Contains(body, text) {
				t.Errorf("%s: the page does not say %q", lang, text)
			}
		}
		if key := regexp.MustCompile(`coverage\.[a-z_.]+[^"a-z]`).FindString(regexp.MustCompile(`href="[^"]*"`).ReplaceAllString(body, "")); key != "" {
			t.Errorf("%s: there is no text %s", lang, key)
		}
	}
	// What is asked stays in the form and in the links.
	_, body := s.Do(t, "GET", "/d/trial/coverage?lang=en&kind=need&category=trees&from=2024-11&to=2025-02&res=8&minimum=50", "")
	for _, text := range []string{
		`<option value="need" selected>`, `<option value="trees" selected>`, `value="2024-11"`, `value="2025-02"`, `<option value="8" selected>`, `value="50"`,
		`href="/d/trial/coverage.csv?category=trees&amp;from=2024-11-01&amp;kind=need&amp;minimum=50&amp;res=8&amp;to=2025-02-28"`,
	} {
		if !strings.Contains(body, text) {
			t.Errorf("the page lacks %s", text)
		}
	}
}

func TestCoverageFiles(t *testing.T) {
	s := open(t)
	setGrid(t, s, 0)
	cells := len(get(t, s, "").Cells)
	resp, body := s.Do(t, "GET", "/d/trial/coverage.csv?lang=en", "")
	if resp.Header.Get("Content-Disposition") != `attachment; filename="trial-coverage.csv"` {
		t.Errorf("%v", resp.Header)
	}
	lines := strings.Split(strings.TrimSpace(body), "\r\n")
	if len(lines) != cells+1 || lines[0] != "\uFEFFH3 cell,Area,Residents,Pins,Pins expected,\"Pins per 1,000 residents, smoothed\",Coverage" {
		t.Errorf("%d lines of %d cells: %s", len(lines), cells, lines[0])
	}
	if !regexp.MustCompile(`^89[0-9a-f]{13},(West|East|),200\.0,\d+,0\.5,2\.5,(heard|silent)$`).MatchString(lines[cells/2]) {
		t.Errorf("line %s", lines[cells/2])
	}
	for _, query := range []string{"", "?kind=need&res=8"} {
		s.CheckSheets(t, "/d/trial/coverage"+query, "/d/trial/coverage.xlsx"+query, []string{"Silent neighbourhoods", "By area", "By kind"})
	}
}

// TestCoverageOfSensitive checks that the coverage of a sensitive category, which is
// counted in larger cells, is of these, whichever are asked for.
func TestCoverageOfSensitive(t *testing.T) {
	d := webtest.District(civic.ModerateAfter)
	drafts := webtest.Pins(t, 1, "trees", border, "2024-10-01") // whose month is the first that is counted
	for i, c := range d.Categories {
		d.Categories[i].Sensitive = c.Visibility == civic.HexOnly
	}
	for i := range 40 {
		drafts = append(drafts, civic.Draft{Category: "fear", Title: "Pinezka", Point: inside(t)[7*i].Centre(), ReportedOn: civic.Day(20000 + i)})
	}
	s := webtest.OpenWith(t, d, drafts)
	for query, want := range map[string]int{"": 9, "?kind=need&res=9": 9, "?category=fear": 8, "?category=fear&res=9": 8, "?category=fear&res=7": 7} {
		isSetAside := want == 9
		got := get(t, s, query)
		if got.Provenance.Resolution != want || (got.Provenance.Pins < 20) != isSetAside || (got.HexOnly.Larger > 0) != isSetAside || (got.HexOnly.Total > 0) == isSetAside {
			t.Errorf("%q: %+v, %+v, want resolution %d", query, got.Provenance, got.HexOnly, want)
		}
		if _, page := s.Do(t, "GET", "/d/trial/coverage"+query, ""); strings.Contains(page, fmt.Sprintf("%d delikatnych pinezek nie ma w tych", got.HexOnly.Larger)) != isSetAside {
			t.Errorf("%q: the page is wrong about what is set aside", query)
		}
	}
	if _, page := s.Do(t, "GET", "/d/trial/coverage?category=fear&res=9", ""); strings.Contains(page, `<option value="9"`) {
		t.Error("the form offers cells in which the category is not shown")
	}
}

// TestStatisticsSayWhatTheyAreOf checks that counts carry from what they are.
func TestStatisticsSayWhatTheyAreOf(t *testing.T) {
	s := open(t)
	var out struct {
		Total      int
		Provenance struct {
			Pins    int
			Method  string
			Dataset uint64         `json:"dataset_version"`
			Areas   map[string]int `json:"boundary_versions"`
			Period  struct{ From, To string }
		}
	}
	s.GetJSON(t, "/api/v1/districts/{district}/stats", "/api/v1/districts/trial/stats?area=west&from=2024-10&to=2025-11", &out)
	p := out.Provenance
	if out.Total == 0 || p.Pins != out.Total || p.Method != "count-1" || p.Dataset == 0 || len(p.Areas) != 1 || p.Period.From != "2024-10-01" || p.Period.To != "2025-11-30" {
		t.Errorf("%+v", out)
	}
}

// TestCoverageAsGeoJSON compares the features with the cells, and the rest.
func TestCoverageAsGeoJSON(t *testing.T) {
	s := open(t)
	setGrid(t, s, 0)
	const query = "?category=trees&minimum=150"
	var plain, collection map[string]any
	s.GetJSON(t, "/api/v1/districts/{district}/coverage", "/api/v1/districts/trial/coverage"+query, &plain)
	s.GetJSON(t, "/api/v1/districts/{district}/coverage", "/api/v1/districts/trial/coverage"+query+"&format=geojson", &collection)
	var cells []any
	for _, feature := range collection["features"].([]any) {
		f := feature.(map[string]any)
		cells = append(cells, f["properties"])
		cell, err := geo.ParseCell(f["id"].(string))
		if err != nil {
			t.Fatal(err)
		}
		ring := f["geometry"].(map[string]any)["coordinates"].([]any)[0].([]any)
		if corner := ring[0].([]any); len(ring) != 7 || f["id"] != f["properties"].(map[string]any)["h3"] || math.Abs(corner[0].(float64)-cell.Boundary()[0].Lon()) > 1e-6 {
			t.Errorf("feature %v", f)
		}
	}
	want := plain["cells"]
	for _, name := range []string{"type", "features"} {
		delete(collection, name)
	}
	delete(plain, "cells")
	if diff := cmp.Diff(want, any(cells)); diff != "" {
		t.Errorf("cells (-JSON +GeoJSON):\n%s", diff)
	}
	ofVersion := cmpopts.IgnoreMapEntries(func(name string, _ any) bool { return name == "dataset_version" }) // the population changes it
	if diff := cmp.Diff(plain, collection, ofVersion); diff != "" {
		t.Errorf("the rest (-JSON +GeoJSON):\n%s", diff)
	}
}
