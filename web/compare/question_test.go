package compare

import (
	"errors"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// district has six areas and three categories.
func district() *civic.District {
	d := &civic.District{Slug: "trial", Languages: []string{"en"}}
	for i, slug := range []string{"a", "b", "c", "d", "e", "f"} {
		d.Areas = append(d.Areas, civic.Area{ID: int32(i + 1), Slug: slug, Name: civic.Text{"en": slug}})
	}
	for i, slug := range []string{"trees", "lamps", "fear"} {
		d.Categories = append(d.Categories, civic.Category{ID: int32(i + 1), Slug: slug, Kind: civic.Need, Visibility: civic.Exact, Label: civic.Text{"en": slug}})
	}
	return d
}

func day(t *testing.T, s string) civic.Day {
	t.Helper()
	d, _, err := civic.ParsePeriod(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func parsed(t *testing.T, query string) (*question, error) {
	t.Helper()
	q, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return parse(q, district(), day(t, "2026-11-27"), day(t, "2024-12-01"))
}

// TestPeriods checks which days count, and whether the periods are as long and in
// the same season.
func TestPeriods(t *testing.T) {
	type facts struct {
		By              dimension
		Spans           []string
		Equal, Overlaps bool
		OtherSeason     bool
	}
	for query, want := range map[string]facts{
		"":                              {byNothing, []string{"2024-12-01 727"}, true, false, false},
		"area=a":                        {byNothing, []string{"2024-12-01 727"}, true, false, false},
		"area=a&area=b":                 {byArea, []string{"2024-12-01 727"}, true, false, false},
		"category=trees&category=lamps": {byCategory, []string{"2024-12-01 727"}, true, false, false},
		"category=trees":                {byNothing, []string{"2024-12-01 727"}, true, false, false},
		"area=a&area=b&category=trees&category=lamps":       {byArea, []string{"2024-12-01 727"}, true, false, false},
		"from=2026-01&to=2026-06&from2=2026-07&to2=2026-12": {byPeriod, []string{"2026-01-01 181", "2026-07-01 150"}, false, false, false},
		"from=2026-05&to=2026-10&from2=2025-11&to2=2026-04": {byPeriod, []string{"2025-11-01 181", "2026-05-01 184"}, true, false, true},
		"from=2025-03&to=2025-05&from2=2026-03&to2=2026-05": {byPeriod, []string{"2025-03-01 92", "2026-03-01 92"}, true, false, false},
		"from=2025-01&to=2025-12&from2=2026-01&to2=2026-01": {byPeriod, []string{"2025-01-01 365", "2026-01-01 31"}, false, false, false},
		"from=2025-01&to=2025-12&from2=2025-12&to2=2026-11": {byPeriod, []string{"2025-01-01 365", "2025-12-01 362"}, false, true, false},
		"to=2025-06&from2=2025-07":                          {byPeriod, []string{"2024-12-01 212", "2025-07-01 515"}, false, false, false},
		"from2=2027-01&to2=2027-06&from=2026-01&to=2026-06": {byPeriod, []string{"2026-01-01 181", "2027-01-01 0"}, false, false, false},
		"split=2026-05":                                  {byPeriod, []string{"2025-11-01 181", "2026-05-01 184"}, true, false, true},
		"split=2025-01":                                  {byPeriod, []string{"2024-01-01 366", "2025-01-01 365"}, true, false, false},
		"split=2026-05-15":                               {byPeriod, []string{"2025-10-30 197", "2026-05-15 197"}, true, false, false},
		"split=2026-11":                                  {byPeriod, []string{"2026-10-05 27", "2026-11-01 27"}, true, false, false},
		"split=2026-03&from=2026-01&to=2026-04":          {byPeriod, []string{"2026-01-01 59", "2026-03-01 61"}, true, false, true},
		"to=2024-06&from2=2025-07":                       {byPeriod, []string{"2024-07-01 0", "2025-07-01 515"}, false, false, false},
		"from=2026-11-27&to=2026-11-27&from2=2026-11-26": {byPeriod, []string{"2026-11-26 2", "2026-11-27 1"}, false, true, false},
	} {
		q, err := parsed(t, query)
		if err != nil {
			t.Errorf("%s: %v", query, err)
			continue
		}
		got := facts{By: q.by(), Equal: q.equalSpans(), Overlaps: q.overlap(), OtherSeason: q.otherSeason()}
		for _, p := range q.periods {
			got.Spans = append(got.Spans, p.first.String()+" "+itoa(p.days()))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

// TestFaults checks that what cannot be compared is a problem that names the
// parameter.
func TestFaults(t *testing.T) {
	for query, parameter := range map[string]string{
		"area=a&area=b&area=c&area=d&area=e":    "area",
		"area=x":                                "area",
		"category=x":                            "category",
		"from=2026-05&to=2026-04":               "to",
		"from2=2026-13":                         "from2",
		"from2=2026-05&to2=2026-04":             "to2",
		"to2=yesterday":                         "to2",
		"split=2026-13":                         "split",
		"split=2026-12":                         "split",
		"split=2026-05&from2=2026-07":           "split",
		"split=2026-05&from=2026-05":            "split",
		"split=2026-05&from=2026-01&to=2026-04": "split",
	} {
		_, err := parsed(t, query)
		var p *serve.Problem
		if !errors.As(err, &p) || p.Status != 400 || p.Errors[0].Parameter != parameter {
			t.Errorf("%s: %v", query, err)
		}
	}
}
