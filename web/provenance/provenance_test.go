package provenance

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/page"
)

func TestSentence(t *testing.T) {
	texts, err := i18n.Load(page.Files, Files)
	if err != nil {
		t.Fatal(err)
	}
	for want, p := range map[string]Provenance{
		"Policzono na podstawie 2 opublikowanych pinezek. Metoda count-1, wersja danych 12345.":                                             {Kind: Public, Pins: 2, Method: "count-1", DatasetVersion: 12345},
		"Policzono na podstawie 1 opublikowanej pinezki. Zgłoszone do 31 grudnia 2025. Metoda count-1, wersja danych 1, wersja granic 1–3.": {Kind: Public, Pins: 1, Period: Period{Until: 20454}, Method: "count-1", DatasetVersion: 1, BoundaryVersions: map[string]int32{"a": 3, "b": 1}},
		"Policzono na podstawie 5 opublikowanych pinezek. Zgłoszone od 1 stycznia 2026. Metoda count-1, wersja danych 1, wersja granic 1.":  {Kind: Public, Pins: 5, Period: Period{From: 20454}, Method: "count-1", DatasetVersion: 1, BoundaryVersions: map[string]int32{"a": 1, "b": 1}},
	} {
		if diff := cmp.Diff(want, p.Sentence(texts.Messages("pl"))); diff != "" {
			t.Error(diff)
		}
	}
}

// TestFactsHaveLabels checks that all facts have a label in every language, and
// that those that are not known are left out.
func TestFactsHaveLabels(t *testing.T) {
	texts, err := i18n.Load(page.Files, Files)
	if err != nil {
		t.Fatal(err)
	}
	all := Provenance{Kind: Public, Period: Period{1, 9}, Cells: 1, Resolution: 9, Distance: 1, BoundaryVersions: map[string]int32{"a": 1}}
	for _, tag := range texts.Tags() {
		facts := all.Facts(texts.Messages(tag))
		if len(facts) != 10 {
			t.Errorf("%s: %d facts", tag, len(facts))
		}
		for _, f := range facts {
			if strings.HasPrefix(f.Label, "provenance.") {
				t.Errorf("%s: there is no text %s", tag, f.Label)
			}
		}
	}
	if facts := (Provenance{Kind: Public}).Facts(texts.Messages("en")); len(facts) != 4 {
		t.Errorf("%v", facts)
	}
}

// TestOf checks that the boundaries are those of the areas of the filter, or all.
func TestOf(t *testing.T) {
	v := index.New(civic.District{Areas: []civic.Area{{ID: 1, Slug: "west", Version: 2}, {ID: 2, Slug: "east", Version: 1}}}, new(index.Rows), index.Config{Number: 6})
	for want, f := range map[string]civic.Filter{
		`{"kind":"public","pins":3,"period":{"from":null,"to":null},"method":"count-1","dataset_version":7,"boundary_versions":{"east":1,"west":2}}`:        {},
		`{"kind":"public","pins":3,"period":{"from":"1970-01-02","to":"1970-01-09"},"method":"count-1","dataset_version":7,"boundary_versions":{"west":2}}`: {Areas: []string{"west"}, From: 1, Until: 9},
	} {
		b, err := json.Marshal(Of(v, f, 3, "count-1"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, string(b)); diff != "" {
			t.Error(diff)
		}
	}
}
