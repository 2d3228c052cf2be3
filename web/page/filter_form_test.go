package page_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// TestFilterForm checks that a form keeps what is chosen, a day and a month
// without pins too, and that each filter can be removed alone.
func TestFilterForm(t *testing.T) {
	texts, err := i18n.Load(page.Files)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := page.New(page.Config{Service: &serve.Service{Live: tiles.New(tiles.Config{})}, Catalogue: texts})
	if err != nil {
		t.Fatal(err)
	}
	d := &civic.District{Languages: []string{"en"}, Categories: []civic.Category{{Slug: "trees", Label: civic.Text{"en": "Trees"}, Kind: civic.Need}}}
	r := pages.Reader(httptest.NewRequest(http.MethodGet, "/", nil), d)
	query := url.Values{"kind": {"need", "potential"}, "category": {"trees"}, "from": {"2025-01"}, "to": {"2025-03-04"}, "res": {"8"}}
	filter, err := d.ParseFilter(query)
	if err != nil {
		t.Fatal(err)
	}
	f := r.FilterForm(page.FilterFormConfig{
		Path: "/d/x", Query: query, Pins: civic.PinQuery{Filter: filter, Search: "oak"}, Months: []index.MonthCounts{{Month: civic.Day(20130).Month()}}, Kept: []string{"res"},
	})
	if o := f.Categories[0].Options[0]; !o.Chosen || o.Count != -1 {
		t.Errorf("the option is %+v", o)
	}
	var months []string
	for _, m := range f.Months {
		months = append(months, m.Value+" "+m.Label)
	}
	if diff := cmp.Diff([]string{" " + r.Text("filter.any_month"), "2025-01 January 2025", "2025-02 February 2025", "2025-03-04 4 March 2025"}, months); diff != "" {
		t.Error(diff)
	}
	want := []page.ActiveFilter{
		{Label: r.Text("kinds.need"), URL: "/d/x?category=trees&from=2025-01&kind=potential&res=8&to=2025-03-04"},
		{Label: r.Text("kinds.potential"), URL: "/d/x?category=trees&from=2025-01&kind=need&res=8&to=2025-03-04"},
		{Label: "Trees", URL: "/d/x?from=2025-01&kind=need&kind=potential&res=8&to=2025-03-04"},
		{Label: r.Text("filter.from") + " January 2025", URL: "/d/x?category=trees&kind=need&kind=potential&res=8&to=2025-03-04"},
		{Label: r.Text("filter.to") + " March 2025", URL: "/d/x?category=trees&from=2025-01&kind=need&kind=potential&res=8"},
		{Label: "“oak”", URL: "/d/x?category=trees&from=2025-01&kind=need&kind=potential&res=8&to=2025-03-04"},
	}
	if diff := cmp.Diff(want, f.Active); diff != "" {
		t.Error(diff)
	}
	if f.ClearURL != "/d/x?res=8" {
		t.Errorf("all filters are cleared at %s", f.ClearURL)
	}
}
