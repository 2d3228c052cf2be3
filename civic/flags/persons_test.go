package flags_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic/flags"
)

// TestPersons checks what a text says of persons, and that common words are none of it.
func TestPersons(t *testing.T) {
	finder := flags.New(flags.Config{Region: "PL", Words: []string{"plan"}})
	for text, want := range map[string][]string{
		"Czy plan miejscowy pozwala na szeregowce?":                nil,
		"Pisałam z Marią Nowak-Kowalską o planie.":                 {"Marią Nowak-Kowalską"},
		"Pani Zielińska pyta o drogę.":                             {"Pani Zielińska"},
		"Anna. Droga jest gminna.":                                 {"Anna"},
		"Zadzwoń: 501 234 567 albo anna@example.org.":              {"501 234 567", "anna@example.org"},
		"Dom przy ul. Jana Pawła II stoi na działce z decyzją WZ.": nil,
		"Найближчий сервітут.":                                     nil,
	} {
		if diff := cmp.Diff(want, finder.Persons(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}
