package civic_test

import (
	"slices"
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
)

// programme returns a programme with words beyond those that it needs.
func programme(words map[string]string) civic.RecordDraft {
	text := civic.Text{"en": "Leaders"}
	draft := civic.RecordDraft{Kind: civic.ProgrammeThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": text, "about": text, "criteria": text}, Words: map[string]string{"places": "10", "enrol_until": "2026-12-31"},
	}}
	for name, word := range words {
		draft.Words[name] = word
	}
	return draft
}

// TestCheckProgramme checks the faults of the days and numbers of a programme.
func TestCheckProgramme(t *testing.T) {
	for name, test := range map[string]struct {
		words map[string]string
		want  []string
	}{
		"complete":            {map[string]string{"enrol_from": "2026-12-31", "begins": "2027-01-10", "ends": "2027-01-10", "attendance_needed": "100"}, nil},
		"without places":      {map[string]string{"places": "0"}, []string{"places missing"}},
		"ends before it does": {map[string]string{"enrol_from": "2027-01-01", "begins": "2027-02-01", "ends": "2027-01-31"}, []string{"enrol_until order", "ends order"}},
		"more than all":       {map[string]string{"attendance_needed": "101"}, []string{"attendance_needed malformed"}},
	} {
		_, err := district().AcceptRecord(programme(test.words))
		if got := faultsOf(err); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// TestEnrols checks on which days one can enrol.
func TestEnrols(t *testing.T) {
	says := programme(map[string]string{"enrol_from": "2026-12-01"})
	day := func(month time.Month, n int) civic.Day {
		return civic.DayOf(time.Date(2026, month, n, 0, 0, 0, 0, time.UTC))
	}
	for _, test := range []struct {
		state civic.State
		day   civic.Day
		want  bool
	}{
		{"enrolling", day(11, 30), false}, {"enrolling", day(12, 1), true}, {"enrolling", day(12, 31), true}, {"enrolling", day(12, 32), false},
		{"announced", day(12, 1), false}, {"running", day(12, 1), false},
	} {
		if got := says.Enrols(test.state, test.day); got != test.want {
			t.Errorf("%s, %s: %t", test.state, test.day, got)
		}
	}
}

// TestSessionsNeeded checks that a share of the sessions is rounded up.
func TestSessionsNeeded(t *testing.T) {
	for _, test := range []struct {
		percent        string
		sessions, want int
	}{{"", 8, 0}, {"80", 8, 7}, {"50", 8, 4}, {"100", 8, 8}, {"1", 8, 1}, {"80", 0, 0}} {
		if got := programme(map[string]string{"attendance_needed": test.percent}).SessionsNeeded(test.sessions); got != test.want {
			t.Errorf("%s%% of %d are %d, want %d", test.percent, test.sessions, got, test.want)
		}
	}
}
