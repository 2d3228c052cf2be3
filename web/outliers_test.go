package web_test

import (
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestOneWrongDate checks that the statistics, the chart and the months of the
// filter of a dozen pins do not extend to a wrong date, that the page links to
// the pins outside, and that totals add up with them.
//
// Case http-one-bad-date-makes-2154-months.
func TestOneWrongDate(t *testing.T) {
	d := webtest.District(civic.ModerateAfter)
	var drafts []civic.Draft
	for i := range 14 {
		day := civic.Month(660 + i).First() // from January 2025
		if i >= 12 {
			day = 0
		}
		drafts = append(drafts, civic.Draft{Category: "trees", Title: fmt.Sprint("Pin ", i), Point: orb.Point{19.91 + 0.001*float64(i), 50.03}, ReportedOn: day})
	}
	s := webtest.OpenWith(t, d, drafts)
	doc := s.Contract(t)
	stats := func(query string) (months, total, inMonths, earlier, later int) {
		t.Helper()
		resp, body := s.Do(t, "GET", "/api/v1/districts/trial/stats"+query, "")
		s.CheckContract(t, doc, "/api/v1/districts/{district}/stats", resp, body)
		var out struct {
			Total          int
			Months         []struct{ Total int }
			Earlier, Later struct{ Total int }
		}
		if err := json.Unmarshal([]byte(body), &out); err != nil {
			t.Fatal(err)
		}
		for _, m := range out.Months {
			inMonths += m.Total
		}
		return len(out.Months), out.Total, inMonths, out.Earlier.Total, out.Later.Total
	}
	months, total, inMonths, earlier, later := stats("")
	if months != 12 || total != 14 || inMonths != 12 || earlier != 2 || later != 0 {
		t.Errorf("%d months with %d of %d pins, %d earlier, %d later", months, inMonths, total, earlier, later)
	}

	_, body := s.Do(t, "GET", "/d/trial", "", "Accept-Language", "en")
	if bars := strings.Count(body, `class="bar-of"`); bars != 12 {
		t.Errorf("the chart has %d bars, want 12", bars)
	}
	if options := strings.Count(body, `<option value="20`); options != 24 || strings.Contains(body, `<option value="1970`) {
		t.Errorf("the two lists of months have %d options, want 24", options)
	}
	link := regexp.MustCompile(`<p class="chart-outside"><a href="(.*?)">and 2 pins before this period</a>`).FindStringSubmatch(body)
	if link == nil {
		t.Fatal("the page does not say that there are two pins outside the chart")
	}
	path := html.UnescapeString(link[1])
	_, body = s.Do(t, "GET", path, "", "Accept-Language", "en")
	if !strings.Contains(body, "Pin 12") || !strings.Contains(body, "Pin 13") || strings.Contains(body, "Pin 11") {
		t.Errorf("%s does not list the two pins", path)
	}
	if !strings.Contains(body, `<option value="2024-12" selected>`) {
		t.Errorf("the form at %s does not keep the period", path)
	}
	if months, total, inMonths, earlier, _ := stats(path[strings.Index(path, "?"):]); months != 1 || total != 2 || inMonths != 2 || earlier != 0 {
		t.Errorf("the pins outside: %d months with %d of %d pins, %d earlier", months, inMonths, total, earlier)
	}
}
