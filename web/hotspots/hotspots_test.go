package hotspots_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

// planted is where open has planted a hotspot of needs.
var planted = orb.Point{19.93, 50.03}

// open starts a server with needs at random, some of which are only counted, and
// a hotspot of them, and with a few potentials.
func open(t *testing.T) *webtest.Site {
	return openOf(t, webtest.District(civic.ModerateAfter))
}

func openOf(t *testing.T, d civic.District) *webtest.Site {
	r := rand.New(rand.NewPCG(14, 1))
	var drafts []civic.Draft
	add := func(category string, at orb.Point) {
		drafts = append(drafts, civic.Draft{Category: category, Title: fmt.Sprintf("Pinezka numer %d", len(drafts)), Point: at, ReportedOn: civic.Day(20000 + len(drafts))})
	}
	anywhere := func() orb.Point { return orb.Point{19.901 + 0.088*r.Float64(), 50.001 + 0.058*r.Float64()} }
	for range 120 {
		add("trees", anywhere())
	}
	for range 20 {
		add("fear", anywhere())
		add("help", anywhere())
	}
	for range 40 {
		add("trees", orb.Point{planted[0] + 0.003*r.NormFloat64(), planted[1] + 0.002*r.NormFloat64()})
	}
	for range 40 {
		add("fear", planted)
	}
	return webtest.OpenWith(t, d, drafts)
}

func cellAt(t *testing.T, p orb.Point) string {
	t.Helper()
	c, err := geo.CellAt(p)
	if err != nil {
		t.Fatal(err)
	}
	return c.Parent(civic.HexResolution).String()
}

type cell struct {
	H3           string   `json:"h3"`
	Value, Sum   int      // of pins
	Z, P, Q      *float64 // null where undefined
	PermutationP *float64 `json:"permutation_p"`
	Class        string
}

type response struct {
	Minimum    string
	Cells      []cell
	Features   []struct{ Properties cell }
	Provenance struct{ Pins, Cells, Resolution, K int }
	HexOnly    struct{ Total, Larger int } `json:"hex_only"`
	Stability  *struct {
		Permutation  struct{ Checked int }
		WithoutMonth *struct{ Checked int } `json:"without_month"`
	}
}

const api = "/api/v1/districts/trial/hotspots"

func get(t *testing.T, s *webtest.Site, path string) (out response) {
	t.Helper()
	s.GetJSON(t, "/api/v1/districts/{district}/hotspots", path, &out)
	return out
}

// TestAPI checks that the planted hotspot is found, that the counts are those of
// the statistics, and that the same request has the same answer as GeoJSON and
// again.
func TestAPI(t *testing.T) {
	s := open(t)
	for query, size := range map[string]string{"?kind=need": "", "?kind=need&area=west": "&res=8", "?category=trees&from=2024-10&to=2025-03": "&res=10", "?kind=need&q=pinezka": ""} {
		got := get(t, s, api+query+size)
		sum := 0
		for _, c := range got.Cells {
			sum += c.Value
		}
		_, body := s.Do(t, "GET", "/api/v1/districts/trial/stats"+query, "")
		var stats struct{ Total int }
		if err := json.Unmarshal([]byte(body), &stats); err != nil || stats.Total == 0 || stats.Total != sum {
			t.Errorf("%s: %d pins, want %d: %v", query, sum, stats.Total, err)
		}
		if got.Provenance.Pins != sum || got.Provenance.Cells != len(got.Cells) || got.Provenance.K != 1 {
			t.Errorf("%s: %+v, of %d pins in %d cells", query, got.Provenance, sum, len(got.Cells))
		}
		features := get(t, s, api+query+size+"&format=geojson").Features
		for i, f := range features {
			if diff := cmp.Diff(got.Cells[i], f.Properties); diff != "" {
				t.Fatal(diff)
			}
		}
		if len(features) != len(got.Cells) {
			t.Errorf("%s: %d features of %d cells", query, len(features), len(got.Cells))
		}
	}
	got := get(t, s, api+"?kind=need&permutations=999&seed=5")
	hot := map[string]cell{}
	for _, c := range got.Cells {
		if c.Class == "hot" || c.Class == "very-hot" {
			hot[c.H3] = c
		}
	}
	if c := hot[cellAt(t, planted)]; c.Class != "very-hot" || c.PermutationP == nil || *c.PermutationP > 0.02 {
		t.Errorf("the planted hotspot is %+v", c)
	}
	if got.Stability == nil || got.Stability.Permutation.Checked != len(hot) {
		t.Errorf("%+v, %d hot", got.Stability, len(hot))
	}
	if diff := cmp.Diff(got, get(t, s, api+"?permutations=999&seed=5&kind=need")); diff != "" {
		t.Error(diff)
	}
	resp, _ := s.Do(t, "GET", api+"?kind=need", "")
	if again, _ := s.Do(t, "GET", api+"?kind=need", "", "If-None-Match", resp.Header.Get("Etag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("status %d with its own entity tag", again.StatusCode)
	}
}

// TestTooLittleData checks that below a minimum nothing is significant or not,
// and that the page has no other class. Case a test that could not be made is
// not "not significant".
func TestTooLittleData(t *testing.T) {
	s := open(t)
	got := get(t, s, api+"?kind=potential")
	for _, c := range got.Cells {
		if c.Class != "undefined" || c.Z != nil || c.Q != nil {
			t.Fatalf("%+v below a minimum", c)
		}
	}
	if got.Minimum != "few-pins" {
		t.Errorf("the minimum is %q", got.Minimum)
	}
	_, page := s.Do(t, "GET", "/d/trial/hotspots?kind=potential&lang=en&cell="+cellAt(t, planted), "")
	for _, text := range []string{"Too little data: there are fewer than 50 assets", "There is too little data to tell whether there are more assets around this place", `data-count="class undefined"`} {
		if !strings.Contains(page, text) {
			t.Errorf("the page does not say %q", text)
		}
	}
	if strings.Contains(page, `data-count="class not-significant"`) {
		t.Error("the page has a class of tests that were not made")
	}
}

// TestHexOnlyIsNotExaminedFiner checks that a resolution finer than that in which
// a chosen category is counted is refused, and that the page says so.
func TestHexOnlyIsNotExaminedFiner(t *testing.T) {
	s := open(t)
	if resp, body := s.Do(t, "GET", api+"?category=fear&res=10", ""); resp.StatusCode != http.StatusBadRequest || !strings.Contains(body, `"res"`) {
		t.Errorf("status %d: %s", resp.StatusCode, body)
	}
	resp, page := s.Do(t, "GET", "/d/trial/hotspots?category=fear&res=10&lang=en", "")
	if resp.StatusCode != http.StatusOK || !strings.Contains(page, "We do not compute this: pins in the category “Strach”") {
		t.Errorf("status %d: the page does not say why", resp.StatusCode)
	}
	for _, format := range []string{"csv", "xlsx"} {
		if resp, _ := s.Do(t, "GET", "/d/trial/hotspots."+format+"?category=fear&res=10", ""); resp.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: status %d", format, resp.StatusCode)
		}
	}
}

// TestSensitiveIsExaminedInLargerHexes checks that a sensitive category, which is
// counted in larger hexes, is examined in these, and in no smaller ones.
func TestSensitiveIsExaminedInLargerHexes(t *testing.T) {
	d := webtest.District(civic.ModerateAfter)
	for i, c := range d.Categories {
		d.Categories[i].Sensitive = c.Visibility == civic.HexOnly
	}
	s := openOf(t, d)
	for query, want := range map[string]int{"?category=fear": 8, "?category=fear&category=trees": 8, "?category=trees": 9, "?kind=need": 9} {
		got := get(t, s, api+query+"&permutations=999").Provenance
		if got.Resolution != want || got.Pins == 0 {
			t.Errorf("%s: %d pins at resolution %d, want %d", query, got.Pins, got.Resolution, want)
		}
	}
	if resp, body := s.Do(t, "GET", api+"?category=fear&res=9", ""); resp.StatusCode != http.StatusBadRequest || !strings.Contains(body, "resolution 8, not finer") {
		t.Errorf("status %d: %s", resp.StatusCode, body)
	}
	resp, page := s.Do(t, "GET", "/d/trial/hotspots?category=fear&res=9&lang=en", "")
	if resp.StatusCode != http.StatusOK || !strings.Contains(page, "We do not compute this: pins in the category “Strach”") {
		t.Errorf("status %d: the page does not say why", resp.StatusCode)
	}
}

// TestMixesAreOfWhatIsShown checks that where no category is named, pins that are
// counted in larger hexes are set aside, that the page says how many, and that the
// comparisons with other questions are of the same pins.
func TestMixesAreOfWhatIsShown(t *testing.T) {
	d := webtest.District(civic.ModerateAfter)
	s := open(t)
	check := func(query string, pins, hexOnly, larger int) {
		t.Helper()
		got := get(t, s, api+query+"&permutations=999")
		sum := 0
		for _, c := range got.Cells {
			sum += c.Value
		}
		if sum != pins || got.Provenance.Pins != pins || got.HexOnly.Total != hexOnly || got.HexOnly.Larger != larger {
			t.Errorf("%s: %d pins, %+v, %+v", query, sum, got.Provenance, got.HexOnly)
		}
		if got.Stability == nil || got.Stability.WithoutMonth == nil {
			t.Errorf("%s: no stability: %+v", query, got.Stability)
		}
		note := fmt.Sprintf("%d sensitive pins are not in these hexagons", larger)
		if _, page := s.Do(t, "GET", "/d/trial/hotspots"+query+"&lang=en", ""); strings.Contains(page, note) != (larger > 0) {
			t.Errorf("%s: the page does not say how many pins are set aside", query)
		}
	}
	fear := get(t, s, api+"?category=fear").Provenance.Pins
	if fear == 0 {
		t.Fatal("nothing is published")
	}
	check("?kind=need", 160+fear, fear, 0)
	check("?kind=need&res=10", 160, 0, fear)
	check("?res=10", 180, 0, fear)
	for i, c := range d.Categories {
		d.Categories[i].Sensitive = c.Visibility == civic.HexOnly
	}
	s = openOf(t, d)
	fear = get(t, s, api+"?category=fear").Provenance.Pins
	check("?kind=need", 160, 0, fear)
	check("?kind=need&res=8", 160+fear, fear, 0)
	if resp, _ := s.Do(t, "GET", "/api/v1/districts/trial/hotspots/"+strings.Replace(cellAt(t, planted), "89", "8b", 1)+"/trend", ""); resp.StatusCode != http.StatusBadRequest {
		t.Errorf("a trend at resolution 11: status %d", resp.StatusCode)
	}
}

// TestEvidence checks that the page leads from the planted hotspot to the pins
// behind it, of which those that are only counted are not listed.
func TestEvidence(t *testing.T) {
	s, c := open(t), cellAt(t, planted)
	_, page := s.Do(t, "GET", "/d/trial/hotspots?kind=need&lang=en", "")
	link := regexp.MustCompile(`href="([^"]*cell=` + c + `[^"]*)#results"`).FindStringSubmatch(page)
	if link == nil || !strings.Contains(page, "In one place: ") {
		t.Fatalf("the page does not lead to the planted hotspot %s", c)
	}
	_, page = s.Do(t, "GET", strings.ReplaceAll(link[1], "&amp;", "&")+"&lang=en", "")
	value := func(query string) int {
		for _, x := range get(t, s, api+query).Cells {
			if x.H3 == c {
				return x.Value
			}
		}
		return 0
	}
	counted, listed := value("?kind=need"), value("?category=trees")
	for _, text := range []string{"Around this place there are far more needs than chance would explain", fmt.Sprintf("In this hexagon: %d pins", counted), "counted but not shown", `cell=` + c + `&amp;kind=need#map=15/`} {
		if !strings.Contains(page, text) {
			t.Errorf("the evidence does not have %q", text)
		}
	}
	_, own, _ := strings.Cut(page, "In this hexagon")
	own, _, _ = strings.Cut(own, "</section>")
	if n := strings.Count(own, `href="/d/trial/pins/`); n != listed || listed >= counted || listed < 5 {
		t.Errorf("%d of %d pins are listed, want %d, all but those that are only counted", n, counted, listed)
	}
	_, page = s.Do(t, "GET", "/d/trial/hotspots?kind=need&lang=en&area=east&cell="+c, "")
	if !strings.Contains(page, "This place is not examined") {
		t.Error("a cell outside the area is examined")
	}
}

// TestNeedsSayWhereTheyAreHot checks that each pin of the API, of the list and of
// its own page says what the statistic of its category says of its hexagon, and
// nothing where that is not hot.
func TestNeedsSayWhereTheyAreHot(t *testing.T) {
	type pin struct {
		ID         int
		Properties struct {
			Category, H3 string
			Hotspot      *struct{ H3, Class string }
		}
	}
	s := open(t)
	contract := s.Contract(t)
	load := func(path, route string, out any) {
		resp, body := s.Do(t, "GET", path, "")
		if err := json.Unmarshal([]byte(body), out); err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("%s: status %d, %v: %.300s", path, resp.StatusCode, err, body)
		}
		s.CheckContract(t, contract, route, resp, body)
	}
	const pinsAPI = "/api/v1/districts/trial/pins"
	var all, found struct{ Features []pin }
	load(pinsAPI+"?limit=1000&q=170", "/api/v1/districts/{district}/pins", &found)
	load(pinsAPI+"?limit=1000", "/api/v1/districts/{district}/pins", &all)
	if len(found.Features) != 1 || found.Features[0].Properties.Hotspot == nil {
		t.Errorf("of pins that contain a word: %+v", found.Features)
	}
	class := map[string]string{}
	for _, c := range get(t, s, api+"?category=trees").Cells {
		if c.Class == "hot" || c.Class == "very-hot" {
			class[c.H3] = c.Class
		}
	}
	const sentence = "more needs in the category “Trees” than chance would explain"
	pages := map[string]int{} // that were looked at, by class
	for _, p := range all.Features {
		at, err := geo.ParseCell(p.Properties.H3)
		if err != nil {
			t.Fatal(err)
		}
		hexagon, got, want := at.Parent(civic.HexResolution).String(), "", ""
		if p.Properties.Category == "trees" {
			want = class[hexagon]
		}
		if h := p.Properties.Hotspot; h != nil {
			if got = h.Class; h.H3 != hexagon {
				t.Errorf("pin %d is in %s, not in %s", p.ID, hexagon, h.H3)
			}
		}
		if got != want {
			t.Errorf("pin %d of the category %s is in a hexagon %q, want %q", p.ID, p.Properties.Category, got, want)
		}
		if pages[want]++; pages[want] > 2 {
			continue
		}
		var one pin
		load(fmt.Sprintf("%s/%d", pinsAPI, p.ID), "/api/v1/districts/{district}/pins/{id}", &one)
		if diff := cmp.Diff(p, one); diff != "" {
			t.Error(diff)
		}
		_, page := s.Do(t, "GET", fmt.Sprintf("/d/trial/pins/%d?lang=en", p.ID), "")
		evidence := `href="/d/trial/hotspots?category=trees&amp;cell=` + hexagon + `#results"`
		if strings.Contains(page, sentence) != (want != "") || strings.Contains(page, "far "+sentence) != (want == "very-hot") || strings.Contains(page, evidence) != (want != "") {
			t.Errorf("the page of pin %d is wrong about a hexagon %q", p.ID, want)
		}
	}
	if pages["very-hot"] < 5 || pages[""] < 50 {
		t.Errorf("pins by class: %v", pages)
	}
}

// TestPartsOfMonths checks that a period with parts of months has an answer, of
// which no month is left out, since sensitive pins are not counted in it.
func TestPartsOfMonths(t *testing.T) {
	s := open(t)
	for _, query := range []string{"from=2024-10-10", "to=2025-04-20", "from=2024-10-10&to=2025-04-20"} {
		if resp, _ := s.Do(t, "GET", "/d/trial/hotspots?kind=need&"+query, ""); resp.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", query, resp.StatusCode)
		}
		if out := get(t, s, api+"?kind=need&permutations=999&"+query); out.Stability == nil || out.Stability.WithoutMonth != nil {
			t.Errorf("%s: %+v", query, out.Stability)
		}
	}
}

// TestCorner checks that the place of a resident is in no URL, only the hexagon
// around it.
func TestCorner(t *testing.T) {
	s := open(t)
	resp, _ := s.Do(t, "POST", "/d/trial/hotspots?kind=need", fmt.Sprintf("lon=%f&lat=%f", planted[0], planted[1]), webtest.Form(nil)...)
	if got, want := resp.Header.Get("Location"), "/d/trial/hotspots?cell="+cellAt(t, planted)+"&kind=need#results"; resp.StatusCode != http.StatusSeeOther || got != want {
		t.Errorf("status %d to %q, want %q", resp.StatusCode, got, want)
	}
	resp, _ = s.Do(t, "POST", "/d/trial/hotspots", "place=Rynek", webtest.Form(nil)...)
	if got, want := resp.Header.Get("Location"), "/d/trial/hotspots?cell="+cellAt(t, orb.Point{19.95, 50.03})+"#results"; resp.StatusCode != http.StatusSeeOther || got != want {
		t.Errorf("status %d to %q, want %q", resp.StatusCode, got, want)
	}
	for _, place := range []string{"nowhere", "", "!!"} {
		if resp, page := s.Do(t, "POST", "/d/trial/hotspots?lang=en", "place="+place, webtest.Form(nil)...); resp.StatusCode != http.StatusOK || !strings.Contains(page, "We do not know such a place") {
			t.Errorf("%q: status %d", place, resp.StatusCode)
		}
	}
	for _, form := range []string{"lon=200&lat=50", "lon=NaN&lat=50"} {
		if resp, _ := s.Do(t, "POST", "/d/trial/hotspots", form, webtest.Form(nil)...); resp.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: status %d", form, resp.StatusCode)
		}
	}
}

// TestFiles checks that the files have every hexagon.
func TestFiles(t *testing.T) {
	s := open(t)
	_, body := s.Do(t, "GET", "/d/trial/hotspots.csv?kind=need&lang=en", "")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if cells := get(t, s, api+"?kind=need").Cells; len(rows) != len(cells)+1 || rows[1][0] != cells[0].H3 {
		t.Errorf("%d rows of %d cells", len(rows), len(cells))
	}
	resp, body := s.Do(t, "GET", "/d/trial/hotspots.xlsx?kind=need", "")
	if resp.StatusCode != http.StatusOK || !strings.HasPrefix(body, "PK") {
		t.Errorf("status %d: %.20q", resp.StatusCode, body)
	}
}

// TestCellOfOtherResolution checks which resolution and which cell a page has.
func TestCellOfOtherResolution(t *testing.T) {
	s := open(t)
	c, err := geo.CellAt(planted)
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		"cell=" + c.Parent(10).String():               `data-res="10" data-cell="` + c.Parent(10).String(),
		"cell=" + c.Parent(10).String() + "&res=8":    `data-res="8" data-cell="` + c.Parent(8).String(),
		"cell=" + c.Parent(7).String() + "&kind=need": `data-res="7" data-cell="` + c.Parent(7).String(),
		"kind=need": `data-res="9" data-cell=""`,
	} {
		if _, page := s.Do(t, "GET", "/d/trial/hotspots?"+query, ""); !strings.Contains(page, want) {
			t.Errorf("%s: the page does not have %s", query, want)
		}
	}
	for _, query := range []string{"cell=x", "cell=" + c.Parent(11).String(), "cell=" + c.Parent(8).String() + "&res=9", "res=11"} {
		if resp, _ := s.Do(t, "GET", "/d/trial/hotspots?"+query, ""); resp.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: status %d", query, resp.StatusCode)
		}
	}
}
