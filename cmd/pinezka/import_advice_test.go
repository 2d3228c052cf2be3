package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest"
)

// unknown returns the error of a record whose category is unknown.
func unknown(value string) error {
	return ingest.UnknownValues{
		Faults: civic.Faults{{Field: "category", Code: "unknown", Detail: "there is none"}}, Values: map[string]string{"category": value},
	}
}

func TestAdviceQuotesValues(t *testing.T) {
	for value, want := range map[string]string{
		"Hałas":                 `'category:Hałas=SLUG'`,
		"Joe's $(rm) `x` a=b":   `'category:Joe'\''s $(rm) ` + "`x`" + ` a=b=SLUG'`,
		"":                      "category:VALUE=SLUG",
		"\x1b[2J":               "category:VALUE=SLUG",
		"two\nlines":            "category:VALUE=SLUG",
		strings.Repeat("ą", 61): "category:VALUE=SLUG",
	} {
		var a importAdvice
		if got := a.reason(unknown(value)); got != "category: there is none (--value "+want+")" {
			t.Errorf("%q: %s", value, got)
		}
	}
}

func TestAdviceIsShort(t *testing.T) {
	var a importAdvice
	for i := range maxAdvice + 2 {
		for range i + 1 {
			a.reason(unknown(fmt.Sprint("value ", i)))
		}
	}
	var out strings.Builder
	a.print(&out, 100)
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	first, last := "Rejected rows that may be accepted with --value 'category:value 11=SLUG': 12", "There are 2 more such flags; the rejected rows name them."
	if len(lines) != maxAdvice+1 || lines[0] != first || lines[maxAdvice] != last {
		t.Errorf("%s", out.String())
	}
}

// TestHintsOfTheMostFrequentFault checks that one hint is printed, for the
// fault of most rows.
func TestHintsOfTheMostFrequentFault(t *testing.T) {
	fault := func(field, code string) error { return civic.Faults{{Field: field, Code: code, Detail: "x"}} }
	missing, outside, title := fault("place", "missing"), fault("place", "outside"), fault("title", "missing")
	for _, c := range []struct {
		errs []error
		want string
	}{
		{[]error{missing, missing, outside, title}, "No place: 2 of 5. If"},
		{[]error{missing, outside, outside}, "Outside the district: 2 of 5. If"},
		{[]error{missing, outside, outside, outside}, "Most places, 3 of 5, are outside the district: see"},
		{[]error{title, title, outside}, "No title: 2 of 5. Choose"},
		{[]error{fault("body", "too_long"), fault("body", "too_long"), title}, "No title: 1 of 5. Choose"},
		{[]error{fault("body", "too_long")}, ""},
	} {
		var a importAdvice
		for _, err := range c.errs {
			a.reason(err)
		}
		var out strings.Builder
		a.print(&out, 5)
		if strings.Count(out.String(), "\n") > 1 || !strings.HasPrefix(out.String(), c.want) || c.want == "" && out.Len() > 0 {
			t.Errorf("%v (-want +got):\n%s", c.errs, cmp.Diff(c.want, out.String()))
		}
	}
}
