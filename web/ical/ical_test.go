package ical_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	goical "github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/ical"
)

var written = time.Date(2026, 10, 1, 8, 0, 0, 0, time.UTC)

// write returns a calendar of an event, and what it is.
func write(t *testing.T, d *civic.District, says civic.RecordDraft, only civic.Day) string {
	t.Helper()
	var b bytes.Buffer
	c := ical.Calendar{
		District: d, Base: "https://mapa.example.org", Language: "pl", Name: "Wydarzenia",
		Events: []ical.Event{{
			Described: civic.Described{Thing: civic.Thing{ID: 7, Kind: civic.EventThing, Version: 3, State: "announced"}, Content: says.Record(d)},
			Modified:  written, Only: only,
		}},
	}
	if err := c.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func event(starts, ends string, words ...string) civic.RecordDraft {
	e := civic.RecordDraft{Kind: civic.EventThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"pl": "Piknik, „Wisła”; zażółć gęślą jaźń — długi tytuł wydarzenia, którego nie zmieści jeden wiersz 🌳"}, "address": {"pl": "ul. Lwowska 1, Kraków"}},
		Words: map[string]string{"starts": starts, "ends": ends},
		Lists: map[string][]string{}, Rows: map[string][]civic.Values{},
	}, Point: &orb.Point{19.951, 50.046}}
	for i := 0; i < len(words); i += 2 {
		e.Words[words[i]] = words[i+1]
	}
	return e
}

func krakow() *civic.District {
	return &civic.District{ID: 1, Slug: "podgorze", Languages: []string{"pl", "en"}, TimeZone: "Europe/Warsaw"}
}

// read returns when another program understands a calendar to take place, in UTC.
func read(t *testing.T, text string, zone *time.Location) (all []string) {
	t.Helper()
	cal, err := goical.NewDecoder(strings.NewReader(text)).Decode()
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	span := func(start, end time.Time) string {
		return start.UTC().Format("2006-01-02T15:04") + " " + end.UTC().Format("2006-01-02T15:04")
	}
	moved := map[string]bool{}
	for _, e := range cal.Events() {
		if id := e.Props.Get(goical.PropRecurrenceID); id != nil {
			at, err := id.DateTime(zone)
			if err != nil {
				t.Fatal(err)
			}
			moved[at.UTC().String()] = true
		}
	}
	for _, e := range cal.Events() {
		start, err := e.DateTimeStart(zone)
		if err != nil {
			t.Fatal(err)
		}
		end, err := e.DateTimeEnd(zone)
		if err != nil {
			t.Fatal(err)
		}
		set, err := e.RecurrenceSet(zone)
		if err != nil {
			t.Fatal(err)
		}
		if set == nil {
			all = append(all, span(start, end))
			continue
		}
		for _, at := range set.All() {
			if !moved[at.UTC().String()] {
				all = append(all, span(at, at.Add(end.Sub(start))))
			}
		}
	}
	slices.Sort(all)
	return all
}

func TestSeriesOverTheChangeOfClocks(t *testing.T) {
	d := krakow()
	e := event("2026-10-20T18:00", "2026-10-20T20:00", "every", "week", "until", "2026-11-10")
	e.Rows["occurrences"] = []civic.Values{
		{Words: map[string]string{"day": "2026-11-03", "change": "cancelled"}},
		{Words: map[string]string{"day": "2026-11-10", "change": "moved", "starts": "2026-11-11T10:00", "ends": "2026-11-11T12:00"}},
	}
	text := write(t, d, e, 0)
	want := []string{"2026-10-20T16:00 2026-10-20T18:00", "2026-10-27T17:00 2026-10-27T19:00", "2026-11-11T09:00 2026-11-11T11:00"}
	if diff := cmp.Diff(want, read(t, text, d.Zone())); diff != "" {
		t.Errorf("%s in\n%s", diff, text)
	}
	for _, line := range []string{
		"BEGIN:VTIMEZONE", "TZID:Europe/Warsaw", "BEGIN:DAYLIGHT", "DTSTART:20260329T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200",
		"BEGIN:STANDARD", "DTSTART:20261025T030000", "DTSTART;TZID=Europe/Warsaw:20261020T180000", "RRULE:FREQ=WEEKLY;INTERVAL=1;UNTIL=20261110T170000Z",
		"EXDATE;TZID=Europe/Warsaw:20261103T180000", "RECURRENCE-ID;TZID=Europe/Warsaw:20261110T180000", "UID:podgorze-7@mapa.example.org",
		"SEQUENCE:3", "DTSTAMP:20261001T080000Z", "GEO:50.046000;19.951000", "METHOD:PUBLISH",
	} {
		if !strings.Contains(text, line+"\r\n") {
			t.Errorf("there is no %s in\n%s", line, text)
		}
	}
	for line := range strings.SplitSeq(text, "\r\n") {
		if len(line) > 75 || strings.Contains(line, "\n") {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
}

func TestOneOccurrence(t *testing.T) {
	d := krakow()
	e := event("2026-10-20T18:00", "2026-10-20T20:00", "every", "week", "until", "2026-11-10")
	day := civic.DayOf(time.Date(2026, 10, 27, 0, 0, 0, 0, time.UTC))
	text := write(t, d, e, day)
	if diff := cmp.Diff([]string{"2026-10-27T17:00 2026-10-27T19:00"}, read(t, text, d.Zone())); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(text, "UID:podgorze-7-2026-10-27@mapa.example.org") {
		t.Error(text)
	}
}

// TestOthersReadTheSame compares what another program reads with the occurrences of
// events at random, in zones whose clocks change by an hour, by half an hour and never.
func TestOthersReadTheSame(t *testing.T) {
	random := rand.New(rand.NewPCG(16, 1))
	every := append(eventFrequencies(), "")
	for i := range 300 {
		d := krakow()
		d.TimeZone = []string{"Europe/Warsaw", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo", "UTC", "Africa/Cairo"}[random.IntN(6)]
		first := civic.DayOf(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)) + civic.Day(random.IntN(365))
		starts := civic.LocalTime{Day: first, Minute: 8*60 + random.IntN(12*60)}
		ends := civic.LocalTime{Day: first, Minute: starts.Minute + 30}
		e := event(starts.String(), ends.String())
		if e.Words["every"] = every[random.IntN(len(every))]; e.Words["every"] != "" {
			e.Words["until"] = (first + civic.Day(random.IntN(400))).String()
		}
		var want []string
		all := e.Occurrences()
		if len(all) > 2 {
			e.Rows["occurrences"] = []civic.Values{
				{Words: map[string]string{"day": all[1].Day.String(), "change": "cancelled"}},
				{Words: map[string]string{"day": all[2].Day.String(), "change": "moved", "starts": all[2].Day.String() + "T07:00", "ends": all[2].Day.String() + "T07:30"}},
			}
		}
		for _, o := range e.Occurrences() {
			if !o.Cancelled {
				want = append(want, fmt.Sprint(o.Starts.In(d.Zone()).UTC().Format("2006-01-02T15:04"), " ", o.Ends.In(d.Zone()).UTC().Format("2006-01-02T15:04")))
			}
		}
		slices.Sort(want)
		text := write(t, d, e, 0)
		if diff := cmp.Diff(want, read(t, text, d.Zone())); diff != "" {
			t.Fatalf("event %d in %s: %s in\n%s", i, d.TimeZone, diff, text)
		}
	}
}

func eventFrequencies() []string {
	for _, f := range civic.EventThing.Rules().Fields {
		if f.Name == "every" {
			return slices.Clone(f.Options)
		}
	}
	return nil
}
