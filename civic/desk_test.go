package civic_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// TestDueSkipsWeekends checks that working days are counted in the time zone of
// the district.
func TestDueSkipsWeekends(t *testing.T) {
	d := &civic.District{TimeZone: "Europe/Warsaw"}
	for since, want := range map[string]string{
		"2026-03-23T10:00:00+01:00": "2026-03-26", // Monday to Thursday
		"2026-03-26T10:00:00+01:00": "2026-03-31", // Thursday to Tuesday
		"2026-03-28T10:00:00+01:00": "2026-04-01", // Saturday to Wednesday
		"2026-03-26T23:30:00Z":      "2026-04-01", // Friday in Warsaw
	} {
		at, err := time.Parse(time.RFC3339, since)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Due(at).String(); got != want {
			t.Errorf("due of %s: %s, want %s", since, got, want)
		}
	}
}

// TestWaitingSinceAgreesWithDue checks for times of the weeks in which the clocks
// change that exactly what is due before a day is overdue on it, and exactly what
// is due on it is due today.
func TestWaitingSinceAgreesWithDue(t *testing.T) {
	for _, days := range []int{0, 1, 10} {
		d := &civic.District{TimeZone: "Europe/Warsaw", Desk: civic.DeskSettings{TargetDays: days}}
		for now := time.Date(2026, 3, 20, 9, 30, 0, 0, time.UTC); now.Month() < time.May; now = now.Add(24 * time.Hour) {
			_, overdue := d.WaitingSince(civic.Overdue, now)
			from, until := d.WaitingSince(civic.DueToday, now)
			for since := now.Add(-20 * 24 * time.Hour); since.Before(now); since = since.Add(5 * time.Hour) {
				due, today := d.Due(since), d.DayOf(now)
				if since.Before(overdue) != (due < today) || (!since.Before(from) && since.Before(until)) != (due == today) {
					t.Fatalf("%d days, at %s: what waits since %s is due on %s", days, now, since, due)
				}
			}
		}
	}
	if from, until := (&civic.District{}).WaitingSince(civic.Waiting, time.Now()); !from.IsZero() || !until.IsZero() {
		t.Errorf("all that waits: from %s until %s", from, until)
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
	want := civic.DeskSettings{TargetDays: 3, ReplyDays: 30, FlaggedWords: []string{"idiot*", "stary piec"}}
	if err := settings.Check(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, settings); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for want, settings := range map[string]civic.DeskSettings{
		"target_days: ":   {TargetDays: 61},
		"reply_days: ":    {ReplyDays: 366},
		"phone_region: ":  {PhoneRegion: "pl"},
		"flagged_words: ": {FlaggedWords: []string{"*"}},
	} {
		if err := settings.Check(); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%+v: %v", settings, err)
		}
	}
}
