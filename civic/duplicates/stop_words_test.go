package duplicates_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic/duplicates"
)

// TestStopWords checks that words which say nothing of the subject are not shared
// words, as people write them in each language.
func TestStopWords(t *testing.T) {
	for _, test := range []struct {
		one, other string
		want       []string
	}{
		{"Nie świeci lampa, jest ciemno już przy szkole", "Nie działa fontanna, jest sucha już przy stawie", nil},
		{"The lamp is not lit, there are holes from here", "The swing is not safe, there are nails from here", nil},
		{"Немає лампи, що світить тут для дітей через рік або вже", "Немає лавки, що стоїть тут для старших через рік або вже", []string{"rik"}},
		{"Nie świeci lampa", "Lampa nie działa", []string{"lampa"}},
	} {
		got := duplicates.Rank(report(1, 0, test.one, ""), []duplicates.Report{report(2, 1, test.other, "")}, 1)
		if len(got) != 1 { // they are at the same spot
			t.Fatalf("%q: %v", test.one, got)
		}
		if diff := cmp.Diff(test.want, got[0].SharedWords); diff != "" {
			t.Errorf("%q and %q (-want +got):\n%s", test.one, test.other, diff)
		}
	}
}
