package civic_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// TestDueSkipsWeekends checks that working days are counted in the time zone of
// the district, across the change of its clocks too.
func TestDueSkipsWeekends(t *testing.T) {
	d := &civic.District{TimeZone: "Europe/Warsaw"}
	for since, want := range map[string]string{
		"2026-03-23T10:00:00+01:00": "2026-03-26T10:00:00+01:00", // Monday to Thursday
		"2026-03-26T10:00:00+01:00": "2026-03-31T10:00:00+02:00", // Thursday to Tuesday
		"2026-03-28T10:00:00+01:00": "2026-04-01T10:00:00+02:00", // Saturday to Wednesday
		"2026-03-26T23:30:00Z":      "2026-04-01T00:30:00+02:00", // Friday in Warsaw
	} {
		at, err := time.Parse(time.RFC3339, since)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Due(at).Format(time.RFC3339); got != want {
			t.Errorf("due of %s: %s, want %s", since, got, want)
		}
		if due := d.Due(at); d.Overdue(due).After(at.Add(49 * time.Hour)) {
			t.Errorf("what waits since %s is not overdue at %s", since, due)
		}
	}
	d.Desk.TargetDays = 1
	monday := time.Date(2026, 3, 23, 12, 0, 0, 0, time.UTC)
	if got := d.Overdue(monday).Weekday(); got != time.Friday {
		t.Errorf("a working day before Monday is %s", got)
	}
}

func TestNewReport(t *testing.T) {
	if _, err := (civic.NewReport{Kind: civic.ContentNotice, Ground: civic.Insult, Name: " Jan  Nowak ", Email: "a@b.pl"}).Check(); err != nil {
		t.Error(err)
	}
	if _, err := (civic.NewReport{Kind: civic.ContentNotice, Email: "b.pl"}).Check(); err == nil || err.Error() != "ground: choose a ground; email: this is not an e-mail address" {
		t.Errorf("%v", err)
	}
}

// TestObjectionsReachASecondPerson checks that whoever decided does not decide
// about an objection.
func TestObjectionsReachASecondPerson(t *testing.T) {
	decider, other := civic.Actor{Kind: civic.Account, ID: 3}, civic.Actor{Kind: civic.Account, ID: 4}
	r := civic.OpenReport{Kind: civic.Objection, DecidedBy: decider}
	if r.MayClose(decider) || !r.MayClose(other) {
		t.Errorf("the decider may: %t, another may: %t", r.MayClose(decider), r.MayClose(other))
	}
	r.Kind = civic.ContentNotice
	if !r.MayClose(decider) {
		t.Error("nobody may close a notice")
	}
}

// TestDeskSettings checks that settings are cleaned, get their defaults, and that
// each fault is named.
func TestDeskSettings(t *testing.T) {
	settings := civic.DeskSettings{FlaggedWords: []string{" idiot* ", "stary  piec", "idiot*"}}
	want := civic.DeskSettings{TargetDays: 3, FlaggedWords: []string{"idiot*", "stary piec"}}
	if err := settings.Check(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, settings); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for want, settings := range map[string]civic.DeskSettings{
		"target_days: ":   {TargetDays: 61},
		"phone_region: ":  {PhoneRegion: "pl"},
		"flagged_words: ": {FlaggedWords: []string{"*"}},
	} {
		if err := settings.Check(); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%+v: %v", settings, err)
		}
	}
}
