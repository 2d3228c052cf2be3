package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// TestCalendarHasEveryOccurrence compares calendars with what events at random say: of
// series over the change of clocks, of events that last over midnight, by type and
// accessibility.
func TestCalendarHasEveryOccurrence(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	random := rand.New(rand.NewPCG(16, 2))
	zone := p.d.Zone()
	types, access := []string{"debate", "walk"}, []string{"step_free", "child_care"}
	type entry struct {
		Thing  int64
		Starts string
		Off    bool
	}
	var all []civic.Occurrence
	var things []int64
	tags := map[int64][]string{}
	first := civic.DayOf(time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC))
	for range 40 {
		e := p.eventAt(0, 0)
		day := first + civic.Day(random.IntN(60))
		e.Words["type"], e.Texts["topic"] = types[random.IntN(2)], civic.Text{"en": "Why?"}
		e.Lists = map[string][]string{"accessibility": access[:random.IntN(3)]}
		e.Words["starts"], e.Words["ends"] = civic.LocalTime{Day: day, Minute: 22 * 60}.String(), civic.LocalTime{Day: day + 1, Minute: random.IntN(200)}.String()
		if random.IntN(2) == 0 {
			e.Words["every"], e.Words["until"] = "week", (day + 28).String()
			e.Rows = map[string][]civic.Values{"occurrences": {{Words: map[string]string{"day": (day + 7).String(), "change": "cancelled"}}}}
		}
		id, _ := p.announce(t, e)
		for _, o := range e.Occurrences() {
			all, things = append(all, o), append(things, id)
		}
		tags[id] = e.Tags()
	}
	for range 30 {
		from := (first + civic.Day(random.IntN(80))).Time()
		q := civic.CalendarQuery{From: from, Until: from.AddDate(0, 0, 1+random.IntN(30))}
		if random.IntN(2) == 0 {
			q.Tags = append(q.Tags, civic.Tag("type", types[random.IntN(2)]))
		}
		if random.IntN(2) == 0 {
			q.Tags = append(q.Tags, civic.Tag("accessibility", "child_care"))
		}
		var want []entry
		for i, o := range all {
			starts, ends := o.Starts.In(zone), o.Ends.In(zone)
			hasTags := !slices.ContainsFunc(q.Tags, func(tag string) bool { return !slices.Contains(tags[things[i]], tag) })
			if hasTags && starts.Before(q.Until) && ends.After(q.From) {
				want = append(want, entry{things[i], starts.UTC().Format(time.RFC3339), o.Cancelled})
			}
		}
		found, err := p.Calendar(t.Context(), p.d, q)
		if err != nil {
			t.Fatal(err)
		}
		var got []entry
		for _, e := range found {
			got = append(got, entry{e.ThingID, e.Starts.UTC().Format(time.RFC3339), e.Cancelled})
		}
		slices.SortFunc(want, func(a, b entry) int {
			return slices.Compare([]string{a.Starts, fmt.Sprintf("%09d", a.Thing)}, []string{b.Starts, fmt.Sprintf("%09d", b.Thing)})
		})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%v (-want +got):\n%s", q, diff)
		}
	}
}

// TestCalendarThings compares the things of feeds with what the occurrences of events
// say: those that are next in their order, far ones too, then those that are over.
func TestCalendarThings(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	random := rand.New(rand.NewPCG(16, 3))
	zone := p.d.Zone()
	now := time.Now()
	today := p.d.DayOf(now)
	q := civic.CalendarQuery{From: p.d.Beginning(today - 31), Until: p.d.Beginning(today + civic.MaxSeries)}
	minute := 22 * 60 // far from now, so that what is today does not begin during the test
	if now.In(zone).Hour() >= 12 {
		minute = 2 * 60
	}
	type feedThing struct {
		id         int64
		next, last time.Time
	}
	var all []feedThing
	for range 30 {
		e := p.eventAt(0, 0)
		day := today - 60 + civic.Day(random.IntN(600))
		e.Words["starts"], e.Words["ends"] = civic.LocalTime{Day: day, Minute: minute}.String(), civic.LocalTime{Day: day, Minute: minute + 60}.String()
		if random.IntN(2) == 0 {
			e.Words["every"], e.Words["until"] = "month_day", (day + 1 + civic.Day(random.IntN(300))).String()
		}
		id, _ := p.announce(t, e)
		of := feedThing{id: id}
		for _, o := range e.Occurrences() {
			starts := o.Starts.In(zone)
			if starts.Before(q.From) {
				continue
			}
			if starts.After(now) && of.next.IsZero() {
				of.next = starts
			}
			of.last = starts
		}
		if !of.last.IsZero() {
			all = append(all, of)
		}
	}
	slices.SortFunc(all, func(a, b feedThing) int {
		switch {
		case a.next.IsZero() != b.next.IsZero():
			return b.next.Compare(a.next)
		case !a.next.Equal(b.next):
			return a.next.Compare(b.next)
		case !a.last.Equal(b.last):
			return b.last.Compare(a.last)
		}
		return int(a.id - b.id)
	})
	for _, limit := range []int{1, 5, 15, len(all), 100} {
		found, err := p.CalendarThings(t.Context(), p.d, q, limit)
		if err != nil {
			t.Fatal(err)
		}
		var want []int64
		for _, of := range all[:min(limit, len(all))] {
			want = append(want, of.id)
		}
		if diff := cmp.Diff(want, found); diff != "" {
			t.Errorf("%d of %d (-want +got):\n%s", limit, len(all), diff)
		}
	}
}

func TestCalendarOfADay(t *testing.T) {
	t.Parallel()
	p := openPost(t)
	for range 5 {
		p.announce(t, p.eventAt(72*time.Hour, 3))
	}
	now := time.Now()
	found, err := p.Calendar(t.Context(), p.d, civic.CalendarQuery{From: now, Until: now.AddDate(0, 0, 10), PerDay: 2})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 2 || found[0].OfDay != 5 || found[0].Capacity != 3 || !found[0].Needed || found[0].Name["en"] != "Picnic" {
		t.Errorf("two of five: %v", found)
	}
	hidden, err := p.Things(t.Context(), p.d, civic.ThingQuery{Kind: civic.EventThing, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	p.act(t, civic.Command{Action: civic.Hide, Reason: "A mistake"}, hidden[0].ID, hidden[1].ID)
	p.act(t, civic.Command{Action: civic.Cancel, Reason: "Rain"}, hidden[2].ID)
	found, err = p.Calendar(t.Context(), p.d, civic.CalendarQuery{From: now, Until: now.AddDate(0, 0, 10)})
	if err != nil || len(found) != 3 {
		t.Fatalf("%v: %v", found, err)
	}
	if i := slices.IndexFunc(found, func(e civic.CalendarEntry) bool { return e.ThingID == hidden[2].ID }); i < 0 || !found[i].Cancelled {
		t.Errorf("what is called off: %v", found)
	}
}
