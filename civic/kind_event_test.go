package civic_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// event returns what an event says that lasts from six to eight in the evening of a
// day, with words and their values.
func event(day string, words ...string) civic.RecordDraft {
	e := civic.RecordDraft{Kind: civic.EventThing, Values: row(append([]string{"type", "integration", "starts", day + "T18:00", "ends", day + "T20:00"}, words...)...)}
	e.Texts = map[string]civic.Text{"name": {"en": "Picnic"}, "address": {"en": "Square 1"}}
	e.Rows = map[string][]civic.Values{}
	return e
}

// row returns values with words.
func row(words ...string) civic.Values {
	v := civic.Values{Words: map[string]string{}}
	for i := 0; i < len(words); i += 2 {
		v.Words[words[i]] = words[i+1]
	}
	return v
}

func TestEventOccurrences(t *testing.T) {
	for _, c := range []struct{ name, first, every, until, want string }{
		{"once", "2026-10-24", "", "", "2026-10-24"},
		{"daily over the change of clocks", "2026-10-24", "day", "2026-10-26", "2026-10-24 2026-10-25 2026-10-26"},
		{"weekly, the last day included", "2026-10-20", "week", "2026-11-03", "2026-10-20 2026-10-27 2026-11-03"},
		{"every two weeks", "2026-12-22", "two_weeks", "2027-01-31", "2026-12-22 2027-01-05 2027-01-19"},
		{"a month without the day is left out", "2027-01-31", "month_day", "2027-05-31", "2027-01-31 2027-03-31 2027-05-31"},
		{"second Tuesday", "2026-11-10", "month_weekday", "2027-02-28", "2026-11-10 2026-12-08 2027-01-12 2027-02-09"},
		{"fifth Thursday is the last", "2026-10-29", "month_weekday", "2027-01-31", "2026-10-29 2026-11-26 2026-12-31 2027-01-28"},
	} {
		e := event(c.first, "every", c.every, "until", c.until)
		var days []string
		for _, o := range e.Occurrences() {
			days = append(days, o.Day.String())
			if o.Starts.String() != o.Day.String()+"T18:00" || o.Ends.String() != o.Day.String()+"T20:00" {
				t.Errorf("%s: %v", c.name, o)
			}
		}
		if got := strings.Join(days, " "); got != c.want {
			t.Errorf("%s: %s, not %s", c.name, got, c.want)
		}
	}
}

func TestOccurrencesThatDiffer(t *testing.T) {
	e := event("2026-11-24", "every", "week", "until", "2026-12-08", "capacity", "12", "ends", "2026-11-25T01:00")
	e.Rows["occurrences"] = []civic.Values{
		row("day", "2026-12-01", "change", "cancelled"),
		row("day", "2026-12-08", "change", "moved", "starts", "2026-12-09T17:00", "ends", "2026-12-09T19:00"),
	}
	var got []string
	for _, o := range e.Occurrences() {
		got = append(got, fmt.Sprint(o.Day, " ", o.Starts, " ", o.Ends, " ", o.Cancelled, " ", o.Capacity, " ", o.Row))
	}
	want := []string{
		"2026-11-24 2026-11-24T18:00 2026-11-25T01:00 false 12 0",
		"2026-12-01 2026-12-01T18:00 2026-12-02T01:00 true 12 1",
		"2026-12-08 2026-12-09T17:00 2026-12-09T19:00 false 12 2",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEventFaults(t *testing.T) {
	d := district()
	weekly := []string{"every", "week", "until", "2026-12-24"}
	for _, c := range []struct {
		name  string
		words []string
		rows  []civic.Values
		want  string // faults
	}{
		{name: "once"},
		{name: "ends before it starts", words: []string{"ends", "2026-11-24T17:00"}, want: "ends order"},
		{name: "ends when it starts", words: []string{"ends", "2026-11-24T18:00"}, want: "ends order"},
		{name: "lasts a month", words: []string{"ends", "2026-12-24T18:00"}, want: "ends too_late"},
		{name: "no time", words: []string{"starts", "18:00"}, want: "starts malformed"},
		{name: "debate without a question", words: []string{"type", "debate"}, want: "topic missing"},
		{name: "until without a rule", words: []string{"until", "2026-12-24"}, want: "every missing"},
		{name: "rule without an end", words: []string{"every", "day"}, want: "until missing"},
		{name: "ends before its first day", words: []string{"every", "day", "until", "2026-11-23"}, want: "until order"},
		{name: "longer than two years", words: []string{"every", "day", "until", "2028-11-25"}, want: "until too_late"},
		{name: "every day of two years", words: []string{"every", "day", "until", "2028-11-24"}},
		{name: "every hour", words: []string{"every", "hour", "until", "2026-12-24"}, want: "every unknown"},
		{name: "rows of what is not repeated", rows: []civic.Values{row("day", "2026-11-24")}, want: "occurrences unknown"},
		{name: "no day of the series", words: weekly, rows: []civic.Values{row("day", "2026-11-25")}, want: "occurrences.1.day unknown"},
		{
			name: "twice the same day", words: weekly, want: "occurrences.2.day contradiction",
			rows: []civic.Values{row("day", "2026-12-01"), row("day", "2026-12-01")},
		},
		{name: "moved to no time", words: weekly, rows: []civic.Values{row("day", "2026-12-01", "change", "moved")}, want: "occurrences.1.starts missing"},
		{
			name: "moved to end before it starts", words: weekly, want: "occurrences.1.ends order",
			rows: []civic.Values{row("day", "2026-12-01", "change", "moved", "starts", "2026-12-02T18:00", "ends", "2026-12-01T20:00")},
		},
		{name: "fewer places than none", words: []string{"capacity", "-1"}, want: "capacity malformed"},
	} {
		e := event("2026-11-24", c.words...)
		e.Rows["occurrences"] = c.rows
		_, err := d.AcceptRecord(e)
		var faults civic.Faults
		errors.As(err, &faults)
		var got []string
		for _, f := range faults {
			got = append(got, f.Field+" "+f.Code)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	nowhere := event("2026-11-24")
	delete(nowhere.Texts, "address")
	if _, err := d.AcceptRecord(nowhere); err == nil || !strings.Contains(err.Error(), "place") {
		t.Errorf("an event nowhere: %v", err)
	}
}

func TestMinutesAreAwaited(t *testing.T) {
	meeting := event("2026-11-24", "type", "meeting", "every", "week", "until", "2026-12-08")
	meeting.Rows["occurrences"] = []civic.Values{row("day", "2026-11-24", "change", "cancelled")}
	if got := meeting.Due("announced"); got.String() != "2026-12-15" {
		t.Errorf("minutes are awaited on %s", got)
	}
	if got := meeting.Awaited("announced"); got.Field != "minutes" {
		t.Errorf("awaited: %v", got)
	}
	if got := meeting.Due("cancelled"); got != 0 {
		t.Errorf("of what is cancelled, on %s", got)
	}
	second := row("day", "2026-12-01")
	second.Texts = map[string]civic.Text{"minutes": {"en": "We talked."}}
	meeting.Rows["occurrences"] = append(meeting.Rows["occurrences"], second)
	if got := meeting.Due("held"); got.String() != "2026-12-22" {
		t.Errorf("minutes of the third are awaited on %s", got)
	}
	if picnic := event("2026-11-24"); picnic.Due("announced") != 0 {
		t.Error("minutes of a picnic are awaited")
	}
}

func TestTags(t *testing.T) {
	e := event("2026-11-24")
	e.Lists = map[string][]string{"accessibility": {"child_care", "step_free"}}
	if got := e.Tags(); !slices.Equal(got, []string{"type=integration", "accessibility=child_care", "accessibility=step_free"}) {
		t.Errorf("tags: %v", got)
	}
}
