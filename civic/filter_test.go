package civic_test

import (
	"errors"
	"fmt"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

func TestParseFilter(t *testing.T) {
	d := district()
	for query, want := range map[string]civic.Filter{
		"":                                {},
		"kind=&from=&area=":               {},
		"kind=need&kind=need":             {Kinds: []civic.Kind{civic.Need}},
		"category=trees&area=west":        {Categories: []string{"trees"}, Areas: []string{"west"}},
		"from=1970-02&to=1970-02&q=other": {From: 31, Until: 59},
		"from=1970-01&to=1970-01-01":      {Until: 1},
		"from=1970-01-01&to=2149-06-06":   {Until: civic.MaxDay + 1},
		"from=2149-06&to=2149-06":         {From: civic.MaxDay - 5, Until: civic.MaxDay + 1},
		"from=2149-06-06":                 {From: civic.MaxDay},
		"status=met&status=verified":      {Statuses: []civic.Status{civic.Met, civic.Verified}},
	} {
		q, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		got, err := d.ParseFilter(q)
		if err != nil {
			t.Errorf("%s: %v", query, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
		again, err := d.ParseFilter(got.Values())
		if diff := cmp.Diff(got, again); err != nil || diff != "" {
			t.Errorf("%s: Values is not the inverse: %v\n%s", query, err, diff)
		}
	}
	for query, field := range map[string]string{
		"kind=dog": "kind", "category=cats": "category", "status=x": "status", "area=north": "area",
		"from=2020-13": "from", "to=never": "to", "from=2020-02&to=2020-01": "to",
	} {
		q, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		var faults civic.Faults
		if _, err := d.ParseFilter(q); !errors.As(err, &faults) || faults[0].Field != field {
			t.Errorf("%s: %v, want a fault of %s", query, err, field)
		}
	}
}

func ExampleDistrict_ParseFilter() {
	d := district()
	f, err := d.ParseFilter(url.Values{"kind": {"need"}, "from": {"2024-02"}})
	fmt.Println(f.Kinds, f.From, f.Values().Encode(), err)
	// Output: [need] 2024-02-01 from=2024-02-01&kind=need <nil>
}

func TestSelectsCategory(t *testing.T) {
	trees := civic.Category{Slug: "trees", Kind: civic.Need}
	for _, c := range []struct {
		name string
		f    civic.Filter
		want bool
	}{
		{"no condition", civic.Filter{}, true},
		{"its kind", civic.Filter{Kinds: []civic.Kind{civic.Potential, civic.Need}}, true},
		{"another kind", civic.Filter{Kinds: []civic.Kind{civic.Potential}}, false},
		{"itself", civic.Filter{Categories: []string{"trees"}}, true},
		{"another category of its kind", civic.Filter{Kinds: []civic.Kind{civic.Need}, Categories: []string{"lamps"}}, false},
		{"itself, and another kind", civic.Filter{Kinds: []civic.Kind{civic.Potential}, Categories: []string{"trees"}}, false},
	} {
		if got := c.f.SelectsCategory(trees); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
