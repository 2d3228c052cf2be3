package i18n_test

import (
	"encoding/json"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/i18n"
)

func TestPolishPlurals(t *testing.T) {
	m := load(t).Messages("pl")
	for n, want := range map[int]string{0: "0 pinezek", 1: "1 pinezka", 2: "2 pinezki", 5: "5 pinezek", 12: "12 pinezek", 22: "22 pinezki", 112: "112 pinezek", 122: "122 pinezki"} {
		if got := m.Text("list.total", "n", n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

// TestFallbacks checks the order of the fallbacks for a text that a language
// lacks, and that the language of the text determines its plural form.
func TestFallbacks(t *testing.T) {
	german := fstest.MapFS{"locales/de.json": {Data: []byte(`{"list.next": "Weiter"}`)}}
	c, err := i18n.Load(part(), german)
	if err != nil {
		t.Fatal(err)
	}
	m := c.Messages("de", "pl")
	for key, want := range map[string]string{"list.next": "Weiter", "list.total": "1 002 pinezki", "no.such": "no.such"} {
		if got := m.Text(key, "n", 1002); got != want && got != "1.002 pinezki" {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	got, err := json.Marshal(m.Subset("list."))
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"list.next":"Weiter","list.total":{"few":"{n} pinezki","language":"pl","many":"{n} pinezek","one":"{n} pinezka","other":"{n} pinezki"}}`; string(got) != want {
		t.Errorf("the browser gets %s", got)
	}
	if got := c.Messages("de-CH", "pl").Text("list.next"); got != "Weiter" {
		t.Errorf("Swiss German has %q", got)
	}
	if got := c.Messages("en-GB", "pl").Text("list.next"); got != "Next page" {
		t.Errorf("British English has %q", got)
	}
	if got := c.Messages("xx").Text("list.next"); got != "Next page" {
		t.Errorf("a language without a catalogue has %q", got)
	}
	if c.Name("de") != "Deutsch" || c.Name("pl") != "Polski" {
		t.Errorf("languages are called %q and %q", c.Name("de"), c.Name("pl"))
	}
}

func TestDates(t *testing.T) {
	c, err := i18n.Load(fstest.MapFS{"locales/en.json": {Data: []byte(`{"date": "{day} {month} {year}", "monthOf.3": "March", "month.label": "{month} {year}", "month.3": "March"}`)}})
	if err != nil {
		t.Fatal(err)
	}
	first, _, err := civic.ParsePeriod("2025-03-09")
	if err != nil {
		t.Fatal(err)
	}
	m := c.Messages("en")
	if got := m.Date(first) + ", " + m.Month(first.Month()); got != "9 March 2025, March 2025" {
		t.Errorf("got %s", got)
	}
}

// TestNumbers checks that decimals and changes are as the language has them.
func TestNumbers(t *testing.T) {
	c := load(t)
	for lang, want := range map[string][]string{"en": {"1,234.50", "0.0", "+12", "−1,200", "0"}, "pl": {"1\u00a0234,50", "0,0", "+12", "−1\u00a0200", "0"}} {
		m := c.Messages(lang)
		got := []string{m.Decimal(1234.5, 2), m.Decimal(0.04, 1), m.Change(12), m.Change(-1200), m.Change(0)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
	}
}
