package demo_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/cmd/pinezka/demo"
)

// TestThreadsHavePins checks that there are the needs and the organisations of each
// thread in the demonstration in its usual size, with 20 seeds on days of different
// seasons.
func TestThreadsHavePins(t *testing.T) {
	d := numbered(t)
	for seed := range uint64(20) {
		today := civic.Day(20700 + 17*seed)
		threads, err := demo.Threads(today)
		if err != nil {
			t.Fatal(err)
		}
		needs, since := make([]int, len(threads)), map[string]civic.Day{}
		for pin, err := range demo.Pins(d, 2000, seed, today) {
			if err != nil {
				t.Fatal(err)
			}
			since[pin.Title] = pin.ReportedOn
			for i, thread := range threads {
				q := thread.Needs.Query()
				if q.SelectsCategory(pin.Category) && slices.Contains(q.Statuses, pin.Status) && q.From <= pin.ReportedOn && pin.ReportedOn < q.Until && q.Box.Contains(pin.Shown.Point) {
					needs[i]++
				}
			}
		}
		for i, thread := range threads {
			if needs[i] < thread.Needs.Least || thread.Needs.Until >= thread.Steps[0].Day {
				t.Errorf("seed %d: %d needs of %s, until %s, for a thread from %s", seed, needs[i], thread.Needs.Category, thread.Needs.Until, thread.Steps[0].Day)
			}
			for _, o := range thread.Organisations {
				if day, ok := since[o.Title]; !ok || day > thread.Steps[0].Day {
					t.Errorf("seed %d: %s since %s (%t)", seed, o.Title, day, ok)
				}
			}
		}
	}
}

// TestThreadsAreOfDays checks that the threads of another day differ by days alone,
// that all of a thread has happened, and that it is told in every language.
func TestThreadsAreOfDays(t *testing.T) {
	d := numbered(t)
	at := func(today civic.Day) (told [][]any) {
		threads, err := demo.Threads(today)
		if err != nil {
			t.Fatal(err)
		}
		for _, thread := range threads {
			for i, s := range thread.Steps {
				told = append(told, []any{today - s.Day, s.Action, s.Thing, s.Kind, s.Links, s.Text})
				if s.Day >= today || i > 0 && s.Day < thread.Steps[i-1].Day {
					t.Errorf("%s %s on %s, today is %s", s.Action, s.Thing, s.Day, today)
				}
				texts := []civic.Text{s.Text}
				if s.Says != nil {
					texts = append(texts, textsOf(s.Says.Values)...)
				}
				for _, text := range texts {
					for _, lang := range d.Languages {
						if len(text) > 0 && text[lang] == "" {
							t.Errorf("%s %s has no %s: %v", s.Action, s.Thing, lang, text)
						}
					}
				}
			}
		}
		return told
	}
	if diff := cmp.Diff(at(20700), at(20811)); diff != "" {
		t.Errorf("on another day (-one +other):\n%s", diff)
	}
}

func textsOf(v civic.Values) (all []civic.Text) {
	for _, text := range v.Texts {
		all = append(all, text)
	}
	for _, rows := range v.Rows {
		for _, row := range rows {
			all = append(all, textsOf(row)...)
		}
	}
	return all
}

// TestEventsAreInOrder checks on each day of a week that what was held has taken place
// before, that an event is announced before it takes place, and that what was not held is
// to come.
func TestEventsAreInOrder(t *testing.T) {
	for today := civic.Day(20700); today < 20707; today++ {
		threads, err := demo.Threads(today)
		if err != nil {
			t.Fatal(err)
		}
		for _, thread := range threads {
			last := map[string]civic.Day{} // of events that were neither held nor cancelled, by their names
			for _, s := range thread.Steps {
				switch {
				case s.Kind == civic.EventThing:
					dates := s.Says.Occurrences()
					if len(dates) == 0 || dates[0].Starts.Day <= s.Day {
						t.Fatalf("%s is announced on %s: %v", s.Thing, s.Day, dates)
					}
					last[s.Thing] = dates[len(dates)-1].Ends.Day
				case s.Action == civic.Hold && last[s.Thing] >= s.Day:
					t.Errorf("%s is held on %s, ends on %s", s.Thing, s.Day, last[s.Thing])
				case s.Action == civic.Cancel && last[s.Thing] <= s.Day:
					t.Errorf("%s is cancelled on %s, was on %s", s.Thing, s.Day, last[s.Thing])
				}
				if s.Action == civic.Hold || s.Action == civic.Cancel {
					delete(last, s.Thing)
				}
			}
			for thing, day := range last {
				if day <= today {
					t.Errorf("%s was on %s, today is %s, and nobody has held it", thing, day, today)
				}
			}
		}
	}
}
