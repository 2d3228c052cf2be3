package hotspots_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/webtest"
)

// Where openTrends has planted needs that become more or fewer, and as many in
// each month.
var rising, falling, steady = orb.Point{19.91, 50.01}, orb.Point{19.93, 50.03}, orb.Point{19.945, 50.05}

// openTrends starts a server on 15 November 2026 with needs in the 30 months
// before and in the month that has not ended, some of them sensitive, and with
// as many assets as needs.
func openTrends(t *testing.T) *webtest.Site {
	t.Helper()
	var drafts []civic.Draft
	add := func(n int, category string, at orb.Point, day civic.Day) {
		for i := range n { // some of them in neighbouring cells
			drafts = append(drafts, civic.Draft{Category: category, Title: fmt.Sprintf("Pinezka numer %d", len(drafts)), Point: orb.Point{at[0] + 0.0015*float64(i%3), at[1] + 0.0007*float64(i)}, ReportedOn: day})
		}
	}
	const november civic.Month = 12*(2026-1970) + 10
	for i := range 31 {
		day := (november - civic.Month(30-i)).First() + 4
		add(1+i/6, "trees", rising, day)
		add(6-i/6, "trees", falling, day)
		add(1+i%3, "trees", steady, day)
		add(6-i/6, "help", rising, day)
		add(2, "fear", rising, day)
	}
	return webtest.OpenOn(t, "2026-11-15", drafts)
}

type trendResponse struct {
	H3, Direction string
	S             int
	Tau, Z, P     *float64
	Months        []struct {
		Month string
		Needs int
	}
	HexOnlyLeftOut bool `json:"hex_only_left_out"`
	Provenance     struct {
		Pins   int
		Period struct{ From, To string }
	}
}

func getTrend(t *testing.T, s *webtest.Site, cell, query string) (out trendResponse) {
	t.Helper()
	s.GetJSON(t, "/api/v1/districts/{district}/hotspots/{cell}/trend", api+"/"+cell+"/trend"+query, &out)
	return out
}

// TestTrend checks that each of the planted trends is found, in the months that
// have ended, and that nothing is tested where there is too little.
func TestTrend(t *testing.T) {
	s := openTrends(t)
	for _, test := range []struct {
		at         orb.Point
		query      string
		direction  string
		first      string
		months     int
		isLeftOut  bool
		hasNoNeeds bool
	}{
		{rising, "", "rising", "2024-11", 24, true, false},
		{rising, "?kind=need&to=2027-12", "rising", "2024-11", 24, true, false},
		{rising, "?category=trees&category=help&from=2025-03-02&to=2026-09-15", "rising", "2025-04", 17, false, false},
		{rising, "?area=west&status=reported&q=pinezka", "rising", "2024-11", 24, true, false},
		{rising, "?from=2026-02", "undefined", "2026-02", 9, true, false},
		{rising, "?to=2025-02", "undefined", "2024-06", 9, true, false}, // after the month of the first pin
		{rising, "?kind=potential", "undefined", "", 0, false, true},
		{rising, "?category=fear", "undefined", "", 0, true, true},
		{falling, "?kind=need", "falling", "2024-11", 24, true, false},
		{steady, "?kind=need", "no-clear-trend", "2024-11", 24, true, false},
		{orb.Point{19.98, 50.01}, "", "undefined", "2024-11", 24, true, true},
	} {
		got := getTrend(t, s, cellAt(t, test.at), test.query)
		first, sum := "", 0
		for _, m := range got.Months {
			first = cmp.Or(first, m.Month)
			sum += m.Needs
		}
		if got.Direction != test.direction || first != test.first || len(got.Months) != test.months || got.HexOnlyLeftOut != test.isLeftOut {
			t.Errorf("%v, %s: %+v", test.at, test.query, got)
		}
		if sum != got.Provenance.Pins || sum == 0 != test.hasNoNeeds {
			t.Errorf("%v, %s: %d needs of %d", test.at, test.query, sum, got.Provenance.Pins)
		}
		if isTested := test.direction != "undefined"; (got.Tau != nil) != isTested || (got.P != nil) != isTested {
			t.Errorf("%v, %s: %+v", test.at, test.query, got)
		}
	}
}

// TestTrendCountsWhatIsListed checks that each month has as many needs as the
// database lists in the cell and its neighbours.
func TestTrendCountsWhatIsListed(t *testing.T) {
	s := openTrends(t)
	center, err := geo.ParseCell(cellAt(t, rising))
	if err != nil {
		t.Fatal(err)
	}
	around, err := center.Neighbours()
	if err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{"?kind=need", "?area=west&category=trees&q=numer"} {
		own := 0
		for _, m := range getTrend(t, s, center.String(), query).Months {
			listed := 0
			for _, c := range append(around, center) {
				_, body := s.Do(t, "GET", "/api/v1/districts/trial/pins"+query+"&from="+m.Month+"&to="+m.Month+"&cell="+c.String(), "")
				var list struct{ Features []struct{ ID int } }
				if err := json.Unmarshal([]byte(body), &list); err != nil {
					t.Fatal(err)
				}
				listed += len(list.Features)
				if c == center {
					own += len(list.Features)
				}
			}
			if listed != m.Needs {
				t.Errorf("%s: %d needs in %s, and %d are listed", query, m.Needs, m.Month, listed)
			}
		}
		if own == 0 {
			t.Errorf("%s: no needs in the cell itself", query)
		}
	}
}

// TestTrendOnThePage checks that the evidence says where needs go, in words, with
// a chart and with how that was computed, and what is left out.
func TestTrendOnThePage(t *testing.T) {
	s := openTrends(t)
	path := "/d/trial/hotspots?lang=en&cell=" + cellAt(t, rising)
	for query, texts := range map[string][]string{
		"&kind=need": {
			"More and more needs are reported here and around (November 2024 – October 2026)", "The trend leaves out sensitive needs", `id="trend-title"`,
			"The trend: the test of Mann and Kendall (1945, 1975) of the needs in the chosen hexagon and those around it, in 24 whole months; τ = 0.", "mann-kendall-1",
		},
		"&category=trees":           {"More and more needs in the category “Trees” are"},
		"&kind=need&from=2026-02":   {"There is too little data for a trend: it takes at least 10 whole months, and in them at least 10 needs", `id="trend-title"`},
		"&category=fear":            {"There is too little data for a trend", "The trend leaves out sensitive needs"},
		"&kind=need&q=no+such+need": {"There is too little data for a trend"},
	} {
		_, page := s.Do(t, "GET", path+query, "")
		for _, text := range texts {
			if !strings.Contains(page, text) {
				t.Errorf("%s: the page does not say %q", query, text)
			}
		}
	}
	const kind = "&kind=need"
	s.CheckSheets(t, path+kind, "/d/trial/hotspots.xlsx?lang=en&cell="+cellAt(t, rising)+kind, []string{"Month by month", "Data"})
	if _, page := s.Do(t, "GET", path+kind, ""); !strings.Contains(page, `href="/d/trial/hotspots.xlsx?cell=`+cellAt(t, rising)+`&amp;kind=need"`) {
		t.Error("the page does not lead to the file with the trend")
	}
	for _, query := range []string{"&kind=potential", "&category=help"} {
		if _, page := s.Do(t, "GET", path+query, ""); !strings.Contains(page, `id="evidence"`) || strings.Contains(page, "trend") {
			t.Errorf("%s: the page has a trend of what are no needs", query)
		}
	}
}
