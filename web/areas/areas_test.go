package areas_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/xuri/excelize/v2"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

func TestMain(m *testing.M) { webtest.Main(m) }

const (
	page = "/d/trial/areas/west"
	api  = "/api/v1/districts/trial/areas/west/summary"
)

// open starts a server on 15 November 2026 whose area west has 20 needs about
// trees from May to October and 5 in the six months before, 12 sensitive ones in
// each, and assets at other times. Others are in the month that has not ended,
// and in the area east.
func open(t *testing.T) *webtest.Site {
	t.Helper()
	return webtest.OpenOn(t, "2026-11-15", slices.Concat(
		webtest.Pins(t, 20, "trees", 19.92, "2026-05-01", "2026-10-31", "2026-07-15"),
		webtest.Pins(t, 5, "trees", 19.92, "2025-11-01", "2026-04-30"),
		webtest.Pins(t, 12, "fear", 19.93, "2026-06-03", "2026-09-20"),
		webtest.Pins(t, 12, "fear", 19.93, "2025-12-03", "2026-02-20"),
		webtest.Pins(t, 3, "help", 19.91, "2020-01-01", "2026-06-01", "2026-11-03"),
		webtest.Pins(t, 4, "trees", 19.92, "2026-11-02"), // in this month
		webtest.Pins(t, 7, "trees", 19.97, "2026-08-08"), // elsewhere
	))
}

type estimate struct{ Value, Low, High *float64 }

type summary struct {
	Residents    *int
	Period       struct{ From, To string }
	ComparedWith struct{ From, To string } `json:"compared_with"`
	Needs        struct {
		Now, Before int
		Change      string
		Ratio       estimate
	}
	Per1000    *estimate `json:"per_1000"`
	District   *estimate `json:"district_per_1000"`
	Categories []struct {
		Category, Kind, Change string
		Now, Before, Ever      int
		AtLeast                *int      `json:"at_least"`
		TogetherWith           *int      `json:"together_with"`
		Per1000                *estimate `json:"per_1000"`
	}
	Months []struct {
		Month           string
		Need, Potential int
	}
	Clusters []struct {
		Category, Minimum string
		Cells             []string
	}
	Unheard    *struct{ Residents, Unheard, Cells int }
	HexOnly    struct{ Total, Larger int } `json:"hex_only"`
	Provenance struct {
		Pins   int
		Period struct{ From, To string }
	}
}

func get(t *testing.T, s *webtest.Site, path string) (out summary) {
	t.Helper()
	s.GetJSON(t, "/api/v1/districts/{district}/areas/{area}/summary", path, &out)
	return out
}

// TestSummary checks the numbers of an area, that seasons have whole months that
// have ended, and as many, and that rates exist where the population is known.
func TestSummary(t *testing.T) {
	s := open(t)
	got := get(t, s, api)
	if got.Period != (struct{ From, To string }{"2026-05", "2026-10"}) || got.ComparedWith != (struct{ From, To string }{"2025-11", "2026-04"}) {
		t.Errorf("%v compared with %v", got.Period, got.ComparedWith)
	}
	if n := got.Needs; n.Now != 20 || n.Before != 5 || n.Change != "more" || *n.Ratio.Low < 1 || *n.Ratio.High > 14 {
		t.Errorf("%+v", n)
	}
	var rows []string
	for _, c := range got.Categories {
		// A group of sensitive pins is of the season and of months before it.
		if hexOnly := c.Category == "fear"; hexOnly != (c.AtLeast != nil) || hexOnly && (*c.AtLeast >= c.Now || c.Now > *c.TogetherWith) {
			t.Errorf("%+v", c)
		}
		if c.Category == "fear" { // its counts are those that are released
			c.Now, c.Before, c.Ever = 0, 0, 0
		}
		rows = append(rows, fmt.Sprint(c.Category, " ", c.Now, " ", c.Before, " ", c.Ever, " ", c.Change, " ", c.Per1000 != nil))
	}
	if diff := cmp.Diff([]string{"trees 20 5 29 more true", "fear 0 0 0 grouped false", "help 1 0 3 too_little_data false"}, rows); diff != "" {
		t.Error(diff)
	}
	if *got.Residents != 1200 || *got.Per1000.Value < 16.66 || *got.Per1000.Value > 16.67 || got.District != nil {
		t.Errorf("%v residents, %v and %v per 1,000", *got.Residents, *got.Per1000.Value, got.District)
	}
	if len(got.Months) != 24 || got.Months[23].Month != "2026-10" || got.Months[18].Month != "2026-05" || got.Months[18].Need != 7 {
		t.Errorf("%+v", got.Months)
	}
	if got.Provenance.Pins != 20+got.HexOnly.Total || got.Provenance.Period.From != "2026-05-01" || got.Provenance.Period.To != "2026-10-31" {
		t.Errorf("%+v, %+v", got.HexOnly, got.Provenance)
	}
	year := get(t, s, api+"?month=2026-10&months=6&against=year")
	if year.Period != got.Period || year.ComparedWith != (struct{ From, To string }{"2025-05", "2025-10"}) || year.Needs.Before != 0 || year.Needs.Ratio.Value != nil || year.Needs.Ratio.High != nil {
		t.Errorf("%+v", year)
	}
	if east := get(t, s, "/api/v1/districts/trial/areas/east/summary?months=12"); east.Residents != nil || east.Per1000 != nil || east.Needs.Now != 7 || east.Needs.Change != "too_little_data" {
		t.Errorf("%+v", east)
	}
}

// TestFaults checks that a fault names its parameter: a month that has not ended
// is not compared with whole ones.
func TestFaults(t *testing.T) {
	s := open(t)
	for query, name := range map[string]string{
		"month=2026-11": "month", "month=2026-10-01": "month", "month=1971-12": "month", "month=x": "month",
		"months=0": "months", "months=13": "months", "months=six": "months", "against=after": "against", "kind=need": "kind",
	} {
		for _, path := range []string{api, page, page + ".xlsx"} {
			resp, body := s.Do(t, "GET", path+"?"+query, "")
			if resp.StatusCode != http.StatusBadRequest || !strings.Contains(body, name) {
				t.Errorf("%s?%s: status %d", path, query, resp.StatusCode)
			}
		}
	}
	for _, path := range []string{"/d/trial/areas/north", "/d/trial/areas/north.csv", "/api/v1/districts/trial/areas/north/summary", "/d/nowhere/areas/west"} {
		if resp, _ := s.Do(t, "GET", path, ""); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d", path, resp.StatusCode)
		}
	}
}

// TestPageLeadsToThePins checks that the page says what the API does, and that
// each number leads to a map that counts as many pins.
func TestPageLeadsToThePins(t *testing.T) {
	s := open(t)
	resp, body := s.Do(t, "GET", page+"?lang=en", "")
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("status %d", resp.StatusCode)
	}
	text := html.UnescapeString(body)
	for _, want := range []string{
		"In May 2026 – October 2026, 20 needs were reported here. That is clearly more than in November 2025 – April 2026 (5). Most often: Trees (20).",
		"Clearly more than before: Trees (20 after 5).", "there is too little data", " published pins. Reported from 1 May 2026 to 31 October 2026.",
		"Each period is 6 whole months of the calendar of the district (184 and 181 days).", "published in groups of people and months", "(published of these months: at least 0, together with others ", `href="/api/v1/districts/trial/areas/west/summary?against=before&month=2026-10&months=6"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	links := regexp.MustCompile(`<a href="([^"]+)"[^>]*><(?:strong|span) data-count="[a-z]+">(\d+)<`).FindAllStringSubmatch(text, -1)
	if len(links) != 4 {
		t.Fatalf("%d numbers are links", len(links))
	}
	for _, link := range links {
		_, list := s.Do(t, "GET", link[1]+"&lang=en", "")
		sum := 0
		for _, n := range regexp.MustCompile(`data-total="(\d+)"`).FindAllStringSubmatch(list, -1) {
			var total int
			if _, err := fmt.Sscan(n[1], &total); err != nil {
				t.Fatal(err)
			}
			sum += total
		}
		if fmt.Sprint(sum) != link[2] {
			t.Errorf("%s counts %d pins, and the page says %s", link[1], sum, link[2])
		}
	}
}

// TestFiles checks that the files have the numbers of the page, as numbers, in
// every language, and that XLSX says what each column is.
func TestFiles(t *testing.T) {
	s := open(t)
	resp, body := s.Do(t, "GET", page+".csv?lang=pl", "")
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\uFEFF")))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil || len(rows) != 4 || resp.Header.Get("Content-Disposition") != `attachment; filename="trial-west-2026-10.csv"` {
		t.Fatalf("%v, %v, %q", err, resp.Header, rows)
	}
	if diff := cmp.Diff([]string{"Potrzeba", "Drzewa", "20", "5", "wyraźnie więcej"}, rows[1][:5]); diff != "" {
		t.Error(diff)
	}
	if rows[0][2] != "Pinezki (maj 2026 – październik 2026)" || !strings.HasPrefix(rows[1][8], "16,66") || rows[3][8] != "" || rows[3][5] != "" {
		t.Errorf("%q", rows)
	}
	for _, lang := range []string{"en", "pl", "uk"} {
		_, body := s.Do(t, "GET", page+".xlsx?lang="+lang, "")
		book, err := excelize.OpenReader(bytes.NewReader([]byte(body)))
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		sheets := book.GetSheetList()
		if n, err := book.GetCellValue(sheets[0], "C2"); err != nil || n != "20" {
			t.Errorf("%s: %q, %v", lang, n, err)
		}
		about, err := book.GetRows(sheets[len(sheets)-1])
		if err != nil || len(about) < 12+14 {
			t.Errorf("%s: %v, %q", lang, err, about)
		}
		for _, row := range about[4 : 4+14] {
			if len(row) != 3 || row[2] == "" || strings.HasPrefix(row[2], "area.") {
				t.Errorf("%s: a column is not described: %q", lang, row)
			}
		}
	}
}

// TestEveryTableIsInTheFile checks that the file has the tables of the charts too.
func TestEveryTableIsInTheFile(t *testing.T) {
	s := open(t)
	s.CheckSheets(t, page, page+".xlsx", []string{"Data", "Pins by month"})
	d, err := s.Store.District(t.Context(), "trial")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Store.ReplacePopulation(t.Context(), &d, &civic.Population{ByArea: map[string]int{"west": 1200, "east": 800}, Source: "GUS", Date: 20454}); err != nil {
		t.Fatal(err)
	}
	for s.Live.Districts()[0].District.Areas[1].Residents != 800 {
		time.Sleep(time.Millisecond)
	}
	s.CheckSheets(t, page, page+".xlsx", []string{"Data", "Pins by month", "Compared with the district"})
}

// unavailable is a store whose database is unavailable.
type unavailable struct{ web.Store }

func (unavailable) Population(context.Context, *civic.District) (civic.Population, error) {
	return civic.Population{}, fmt.Errorf("read: %w", civic.ErrUnavailable)
}

func (unavailable) HexOnlyCounts(context.Context, *civic.District, civic.HexOnlyQuery) ([]civic.HexOnlyCount, error) {
	return nil, fmt.Errorf("read: %w", civic.ErrUnavailable)
}

func (unavailable) Pins(context.Context, *civic.District, civic.PinQuery) (civic.PinPage, error) {
	return civic.PinPage{}, fmt.Errorf("read: %w", civic.ErrUnavailable)
}

func (unavailable) Calendar(context.Context, *civic.District, civic.CalendarQuery) ([]civic.CalendarEntry, error) {
	return nil, fmt.Errorf("read: %w", civic.ErrUnavailable)
}

func (unavailable) CountThings(context.Context, *civic.District, civic.ThingQuery) (int, error) {
	return 0, fmt.Errorf("count: %w", civic.ErrUnavailable)
}

// TestDecided adds resolutions of the council, and compares how many the page says
// are about the area with their list.
func TestDecided(t *testing.T) {
	s := open(t)
	if _, body := s.Do(t, "GET", page, "", "Accept-Language", "pl"); !strings.Contains(body, "Żadna uchwała rady nie dotyczy jeszcze tej okolicy.") {
		t.Error("the page does not say that there are no resolutions")
	}
	for i, areas := range [][]string{{"west"}, {"east", "west"}, {"east"}, nil} {
		s.Add(t, civic.RecordDraft{Kind: civic.ResolutionThing, Values: civic.Values{
			Words: map[string]string{"number": fmt.Sprint(i), "adopted_on": "2026-01-01"}, Texts: map[string]civic.Text{"name": {"pl": "Uchwała"}},
			Lists: map[string][]string{"areas": areas},
		}})
	}
	const list = "/d/trial/resolutions?area=west"
	if _, body := s.Do(t, "GET", page, "", "Accept-Language", "pl"); !strings.Contains(body, `<a href="`+list+`">2 uchwały rady dotyczą tej okolicy</a>`) {
		t.Errorf("the page does not lead to two resolutions")
	}
	if _, body := s.Do(t, "GET", list, "", "Accept-Language", "pl"); strings.Count(body, `<li class="thing">`) != 2 {
		t.Errorf("the list has not two resolutions:\n%s", body)
	}
}

// TestWithoutDatabase checks that all that is counted is there while the database
// is unavailable.
func TestWithoutDatabase(t *testing.T) {
	s := webtest.Static(t, web.Config{Store: unavailable{}})
	for _, path := range []string{page, api, page + ".csv"} {
		if resp, body := s.Do(t, "GET", path, ""); resp.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d: %.200s", path, resp.StatusCode, body)
		}
	}
}

// TestUnheardAgreesWithCoverage checks that the page says of an area what the
// coverage of the district says of it.
func TestUnheardAgreesWithCoverage(t *testing.T) {
	s := open(t)
	d, _ := s.Live.District("trial")
	population := civic.Population{ByArea: map[string]int{"west": 40_000, "east": 20_000}, Total: 60_000, Date: 20453, Source: "GUS"}
	if err := s.Store.ReplacePopulation(t.Context(), &d.District, &population); err != nil {
		t.Fatal(err)
	}
	got := get(t, s, api).Unheard
	_, body := s.Do(t, "GET", "/api/v1/districts/trial/coverage", "")
	var coverage struct {
		Areas []struct {
			Area           *string
			People, Silent float64
		}
	}
	if err := json.Unmarshal([]byte(body), &coverage); err != nil {
		t.Fatal(err)
	}
	for _, a := range coverage.Areas {
		if a.Area != nil && *a.Area == "west" && (got == nil || math.Abs(float64(got.Residents)-a.People) > .6 || math.Abs(float64(got.Unheard)-a.Silent) > .6 || a.Silent == 0) {
			t.Errorf("%+v, and the coverage is %+v", got, a)
		}
	}
	if _, page := s.Do(t, "GET", page+"?lang=en", ""); !strings.Contains(page, "GUS") || !strings.Contains(page, `href="/d/trial/coverage"`) {
		t.Error("the page lacks the source or the link")
	}
}

// TestClustersAgreeWithHotspots checks that the page says of hotspots what the
// page of hotspots says with the same filter, and leads to it.
func TestClustersAgreeWithHotspots(t *testing.T) {
	var drafts []civic.Draft
	for i := range 240 {
		at := orb.Point{19.902 + .002*float64(i%24), 50.002 + .0055*float64(i/24)}
		if i%4 == 0 {
			at = orb.Point{19.925 + .0001*float64(i%24), 50.03 + .0001*float64(i/24)}
		}
		drafts = append(drafts, civic.Draft{Category: "trees", Title: "Lipa", Point: at, ReportedOn: 20600}) // in May 2026
	}
	s := webtest.OpenOn(t, "2026-11-15", drafts)
	for category, filter := range map[string]string{"": "kind=need", "trees": "category=trees"} {
		query := "area=west&" + filter + "&from=2026-05&to=2026-10"
		_, body := s.Do(t, "GET", "/api/v1/districts/trial/hotspots?"+query, "")
		var found struct {
			Minimum string
			Cells   []struct{ H3, Class string }
		}
		if err := json.Unmarshal([]byte(body), &found); err != nil {
			t.Fatal(err)
		}
		want := []string{}
		for _, c := range found.Cells {
			if c.Class == "hot" || c.Class == "very-hot" {
				want = append(want, c.H3)
			}
		}
		if found.Minimum != "enough" || len(want) == 0 {
			t.Fatalf("%s: %s, %d cells", query, found.Minimum, len(want))
		}
		for _, c := range get(t, s, api).Clusters {
			if c.Category == category {
				if diff := cmp.Diff(want, c.Cells); diff != "" || c.Minimum != "enough" {
					t.Errorf("%q: %s, %s", category, c.Minimum, diff)
				}
			}
		}
	}
	if _, body := s.Do(t, "GET", page+"?lang=en", ""); !strings.Contains(html.UnescapeString(body), `href="/d/trial/hotspots?area=west&category=trees&from=2026-05&to=2026-10"`) {
		t.Error("the page does not lead to the hotspots of a category")
	}
}

// TestOrderOfNeeds checks that the page says where the order of the most frequent
// categories can be chance, and only there.
func TestOrderOfNeeds(t *testing.T) {
	d := webtest.District(civic.ModerateAfter)
	d.Categories = append(d.Categories, civic.Category{Slug: "benches", Kind: civic.Need, Visibility: civic.Exact, Colour: "#336699", Label: civic.Text{"pl": "Ławki", "en": "Benches"}})
	noon := time.Date(2026, 11, 15, 12, 0, 0, 0, time.UTC)
	s := webtest.OpenConfig(t, web.Config{Now: func() time.Time { return noon }}, d, slices.Concat(
		webtest.Pins(t, 40, "trees", 19.92, "2026-10-05"), webtest.Pins(t, 3, "benches", 19.92, "2026-10-06"),
		webtest.Pins(t, 12, "trees", 19.93, "2026-08-05"), webtest.Pins(t, 10, "benches", 19.93, "2026-08-06"),
	))
	for month, want := range map[string]string{
		"2026-10": "Most often: Trees (40), Benches (3).</p>",
		"2026-08": "Most often: Trees (12), Benches (10). Their order can be chance.</p>",
	} {
		if _, body := s.Do(t, "GET", page+"?months=1&lang=en&month="+month, ""); !strings.Contains(body, want) {
			t.Errorf("%s: the page lacks %q", month, want)
		}
	}
}

// TestMapOfSensitive checks that sensitive pins, which are counted in larger cells,
// are in the table of an area, but not in its map, and that the page says how many.
func TestMapOfSensitive(t *testing.T) {
	d := webtest.District(civic.ModerateAfter)
	for i, c := range d.Categories {
		d.Categories[i].Sensitive = c.Visibility == civic.HexOnly
	}
	noon := time.Date(2026, 11, 15, 12, 0, 0, 0, time.UTC)
	s := webtest.OpenConfig(t, web.Config{Now: func() time.Time { return noon }}, d, slices.Concat(
		webtest.Pins(t, 6, "trees", 19.92, "2026-05-05"), webtest.Pins(t, 100, "fear", 19.93, "2026-06-02", "2026-06-06", "2026-06-11", "2026-06-19"),
	))
	n := get(t, s, api).HexOnly
	if n.Total == 0 || n.Larger != n.Total {
		t.Errorf("%+v", n)
	}
	_, body := s.Do(t, "GET", page+"?lang=en", "")
	if !regexp.MustCompile(`the highest number in one is [1-6]\.`).MatchString(body) {
		t.Error("the map has more than the 6 other pins")
	}
	for _, want := range []string{fmt.Sprintf("%d sensitive pins are not in these hexagons", n.Larger), fmt.Sprintf(`<strong data-count="now">%d</strong>`, n.Total)} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}
