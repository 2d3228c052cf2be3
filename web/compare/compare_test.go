package compare_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/xuri/excelize/v2"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

const (
	page = "/d/trial/compare"
	api  = "/api/v1/districts/trial/compare"
)

// open starts a server on 27 November 2026 with pins of needs: by area and
// half-year.
func open(t *testing.T, more ...civic.Draft) *webtest.Site {
	t.Helper()
	const west, east = 19.92, 19.96
	s := webtest.OpenOn(t, "2026-11-27", slices.Concat(
		webtest.Pins(t, 30, "trees", west, "2026-02"),
		webtest.Pins(t, 4, "trees", east, "2026-03"),
		webtest.Pins(t, 70, "trees", west, "2026-08"),
		webtest.Pins(t, 25, "trees", east, "2026-09"),
		more,
	))
	district, err := s.Store.District(t.Context(), "trial")
	if err != nil {
		t.Fatal(err)
	}
	people := civic.Population{ByArea: map[string]int{"west": 1200, "east": 800}, Source: "GUS", Date: 20454}
	if err := s.Store.ReplacePopulation(t.Context(), &district, &people); err != nil {
		t.Fatal(err)
	}
	return s
}

const halves = "?area=west&area=east&from=2026-01&to=2026-05&from2=2026-06&to2=2026-10"

type comparison struct {
	By         string
	Unit       string
	EqualSpans bool `json:"equal_spans"`
	Periods    []struct{ From, To string }
	Groups     []struct {
		Area, Category string
		Period, Pins   int
		HexOnly        struct {
			Pins         int
			AtLeast      int `json:"at_least"`
			TogetherWith int `json:"together_with"`
		} `json:"hex_only"`
		Residents int
		Rate      struct{ Value, Low, High float64 }
		Rank      *struct{ Rank, Low, High int }
	}
	Comparisons []struct {
		Group, With int
		Result      string
		Ratio       struct{ Value, Low, High float64 }
	}
	HexOnly    struct{ Total int } `json:"hex_only"`
	Provenance struct {
		Pins   int
		Period struct{ From, To string }
	}
}

func get(t *testing.T, s *webtest.Site, query string) (out comparison) {
	t.Helper()
	s.GetJSON(t, "/api/v1/districts/{district}/compare", api+query, &out)
	return out
}

// TestAreasInTwoPeriods compares two areas in two periods through the API, the
// page and the files, which agree, and with what /stats counts.
func TestAreasInTwoPeriods(t *testing.T) {
	s := open(t)
	got := get(t, s, halves)
	var pins []int
	for _, g := range got.Groups {
		pins = append(pins, g.Pins)
		p := got.Periods[g.Period]
		var stats struct{ Total int }
		_, body := s.Do(t, "GET", fmt.Sprintf("/api/v1/districts/trial/stats?area=%s&from=%s&to=%s", g.Area, p.From, p.To), "")
		if err := json.Unmarshal([]byte(body), &stats); err != nil || stats.Total != g.Pins {
			t.Errorf("%+v: /stats counts %d; %v", g, stats.Total, err)
		}
	}
	if diff := cmp.Diff([]int{30, 4, 70, 25}, pins); diff != "" {
		t.Error(diff)
	}
	if g := got.Groups[2]; g.Residents != 1200 || fmt.Sprintf("%.2f", g.Rate.Value) != "58.33" || g.Rank == nil || g.Rank.Low != 1 {
		t.Errorf("%+v", g)
	}
	if got.By != "area" || got.Unit != "residents" || got.Provenance.Pins != 129 || got.Provenance.Period.To != "2026-10-31" {
		t.Errorf("%+v", got)
	}
	results := []string{}
	for _, c := range got.Comparisons {
		results = append(results, c.Result)
	}
	if diff := cmp.Diff([]string{"more", "more", "more", "more"}, results); diff != "" {
		t.Error(diff)
	}

	resp, body := s.Do(t, "GET", page+halves+"&lang=en", "")
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("status %d", resp.StatusCode)
	}
	counts := regexp.MustCompile(`data-count="(\d+)"`).FindAllStringSubmatch(body, -1)
	for i, n := range pins {
		if len(counts) != len(pins) || counts[i][1] != fmt.Sprint(n) {
			t.Errorf("the page counts %v, the API %v", counts, pins)
		}
	}
	for _, want := range []string{
		"How do West and East compare?", "January 2026 – May 2026", "10 pins", "Residents: GUS, 1 January 2026.",
		`href="/d/trial?area=west&amp;from=2026-01&amp;to=2026-05"`, `data-query="?area=east&amp;from=2026-06&amp;to=2026-10"`, `href="/d/trial/compare.xlsx?area=west`,
		"The periods are different months of the year",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}

	resp, file := s.Do(t, "GET", page+".csv"+halves+"&lang=en", "")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file, "\uFEFF"))).ReadAll()
	if err != nil || len(rows) != 1+4+4 || !strings.Contains(resp.Header.Get("Content-Disposition"), `"trial-comparison-2026-11-27.csv"`) {
		t.Fatalf("%d rows, %v, %v", len(rows), err, resp.Header)
	}
	want := []string{"West", "All pins", "2026-06-01", "2026-10-31", "153", "70", "0", "0", "0", "1200"}
	if diff := cmp.Diff(want, rows[3][:10]); diff != "" {
		t.Error(diff)
	}
	_, file = s.Do(t, "GET", page+".xlsx"+halves+"&lang=en", "")
	book, err := excelize.OpenReader(bytes.NewReader([]byte(file)))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if cells, err := book.GetRows("Data"); err != nil || len(cells) != 9 || cells[3][5] != "70" {
		t.Errorf("%v, %v", cells, err)
	}
	s.CheckSheets(t, page+halves, page+".xlsx"+halves, []string{"Data", "Data", "Data"})
}

// TestOtherQuestions checks comparisons of categories and of periods, and one
// below the minima, which states no difference.
func TestOtherQuestions(t *testing.T) {
	s := open(t)
	for query, want := range map[string]struct {
		by     string
		pins   []int
		result []string
	}{
		"?category=trees&category=fear&to=2026-10": {"category", []int{129, 0}, []string{"grouped"}},
		"?split=2026-06": {"period", []int{34, 95}, []string{"more"}},
		"?area=east&category=trees&from=2026-01&to=2026-03&from2=2026-04&to2=2026-06": {"period", []int{4, 0}, []string{"too_little_data"}},
		"?area=east":                             {"nothing", []int{25 + 4}, nil},
		"":                                       {"nothing", []int{129}, nil},
		"?kind=organisation&area=east&area=west": {"area", []int{0, 0}, []string{"too_little_data"}},
	} {
		got := get(t, s, query)
		var pins []int
		var results []string
		for _, g := range got.Groups {
			pins = append(pins, g.Pins)
		}
		for _, c := range got.Comparisons {
			results = append(results, c.Result)
		}
		if got.By != want.by || !cmp.Equal(pins, want.pins) || !cmp.Equal(results, want.result) {
			t.Errorf("%s: by %s, %v pins, %v", query, got.By, pins, results)
		}
		for _, lang := range []string{"pl", "en", "uk"} {
			separator := "?"
			if query != "" {
				separator = "&"
			}
			resp, body := s.Do(t, "GET", page+query+separator+"lang="+lang, "")
			main := regexp.MustCompile(`data-config="[^"]*"`).ReplaceAllString(regexp.MustCompile(`(?s)<main.*</main>`).FindString(body), "")
			if bad := regexp.MustCompile(`\{[a-z]+\}|NaN|Inf|compare\.[a-z_.]+[<" ]`).FindString(main); resp.StatusCode != http.StatusOK || bad != "" {
				t.Errorf("%s in %s: status %d, %q", query, lang, resp.StatusCode, bad)
			}
		}
	}
}

// TestHexOnlyIsNotCompared checks that pins that are published in groups of people
// and months are counted beside those that are compared, never among them.
func TestHexOnlyIsNotCompared(t *testing.T) {
	var fears []civic.Draft
	for i := range 60 {
		fears = append(fears, civic.Draft{
			Category: "fear", Title: "Boję się", Point: orb.Point{19.91 + float64(i)*4e-4, 50.03}, ReportedOn: 20575 + civic.Day(i), // from 2 May 2026
			Email: fmt.Sprintf("resident-%d@example.org", i),
		})
	}
	const months = "?area=west&area=east&from=2026-01&to=2026-05&from2=2026-06&to2=2026-10"
	want, s := get(t, open(t), months), open(t, fears...)
	got := get(t, s, months)
	if diff := cmp.Diff(want.Comparisons, got.Comparisons); diff != "" {
		t.Errorf("with sensitive pins (-without +with):\n%s", diff)
	}
	atLeast, pins, together := 0, 0, 0
	for i, g := range got.Groups {
		h := g.HexOnly
		if g.Pins != want.Groups[i].Pins || g.Rate != want.Groups[i].Rate || h.AtLeast > h.Pins || h.Pins > h.TogetherWith {
			t.Errorf("%+v", g)
		}
		atLeast, pins, together = atLeast+h.AtLeast, pins+h.Pins, together+h.TogetherWith
		p := got.Periods[g.Period]
		var stats struct{ Total int }
		_, body := s.Do(t, "GET", fmt.Sprintf("/api/v1/districts/trial/stats?area=%s&from=%s&to=%s", g.Area, p.From, p.To), "")
		if err := json.Unmarshal([]byte(body), &stats); err != nil || stats.Total != g.Pins+h.Pins {
			t.Errorf("%+v: /stats counts %d; %v", g, stats.Total, err)
		}
	}
	if pins < 50 || atLeast >= pins || together < pins || got.HexOnly.Total != pins {
		t.Errorf("at least %d, %d, together with others %d, all %d", atLeast, pins, together, got.HexOnly.Total)
	}
	_, body := s.Do(t, "GET", page+months+"&lang=en", "")
	for _, want := range []string{"Such pins are published in groups of people and months, so they are not compared.", "(published of this period: at least "} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if got := get(t, s, months+"&category=fear"); got.Comparisons[0].Result != "grouped" || got.Groups[0].Pins != 0 || got.Groups[2].HexOnly.Pins == 0 {
		t.Errorf("%+v", got)
	}
}

// TestDaysSetHexOnlyAside checks that pins that are only counted are set aside
// under days that are not whole months, and that the page says so.
func TestDaysSetHexOnlyAside(t *testing.T) {
	s := open(t)
	if got := get(t, s, "?area=west&area=east&from=2026-08-02&to=2026-08-30"); got.HexOnly.Total != 0 || got.Groups[0].Pins > 70 {
		t.Errorf("%+v", got)
	}
	_, body := s.Do(t, "GET", page+"?area=west&area=east&from=2026-08-02&to=2026-08-30&lang=en", "")
	if !strings.Contains(body, "Sensitive pins are not counted with these filters") {
		t.Error("the page does not say that sensitive pins are set aside")
	}
}

// TestResidentsUnknown checks that rates are for square kilometres where the
// residents of an area are unknown.
func TestResidentsUnknown(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter) // east has no number of residents
	if got := get(t, s, "?area=west&area=east"); got.Unit != "km2" || got.Groups[0].Residents != 1200 {
		t.Errorf("%+v", got)
	}
	if _, body := s.Do(t, "GET", page+"?area=west&area=east&lang=en", ""); !strings.Contains(body, "pins are counted per square kilometre") {
		t.Error("the page does not say that rates are by area")
	}
}

// TestBadQuestions checks that the page and the API name what is wrong.
func TestBadQuestions(t *testing.T) {
	s := open(t)
	for query, parameter := range map[string]string{"?split=2027-01": "split", "?from2=2026-05&to2=2026-01": "to2", "?area=north&area=west": "area", "?q=a": "q"} {
		for _, path := range []string{page, page + ".csv", api} {
			resp, body := s.Do(t, "GET", path+query, "")
			if resp.StatusCode != http.StatusBadRequest || !strings.Contains(body, parameter) {
				t.Errorf("%s%s: status %d", path, query, resp.StatusCode)
			}
		}
	}
}

// TestExamples checks that the page without a question proposes some, each of
// which is one.
func TestExamples(t *testing.T) {
	s := open(t)
	_, body := s.Do(t, "GET", page+"?lang=en", "")
	links := regexp.MustCompile(`<li><a href="(/d/trial/compare\?[^"]*)"`).FindAllStringSubmatch(body, -1)
	if len(links) != 3 {
		t.Fatalf("%d examples", len(links))
	}
	for _, link := range links {
		address := strings.ReplaceAll(link[1], "&amp;", "&")
		if _, body := s.Do(t, "GET", address, ""); !strings.Contains(body, `id="pairs-heading"`) {
			t.Errorf("%s compares nothing", address)
		}
	}
}
