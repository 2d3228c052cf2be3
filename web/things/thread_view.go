package things

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
)

// threadView is a thread for a reader, as the template thread has it.
type threadView struct {
	Entries []ThreadEntry
	Gaps    []string
}

// ThreadEntry is an entry of a timeline.
type ThreadEntry struct {
	ID      int64 // of the entry of the audit; 0 for the report of a pin that has none
	ThingID int64
	Title   string // what happened
	Of      string // the title of the other thing to which it happened; "" for that of the page
	Kind    string // of that thing
	URL     string
	By      string // the role of who acted; "" if unknown
	Date    civic.Day
	At      time.Time // the beginning of the day for the report of a pin
	Text    string    // what was said; "" for none
}

// newThreadView returns a thread of which the reader may know all.
func newThreadView(d *civic.District, reader *page.Reader, thread *civic.Thread, id int64, today civic.Day) threadView {
	return threadView{Timeline(d, reader, thread, id), Gaps(d, reader, thread, today)}
}

// Timeline returns what happened in a thread, of which the reader may know all, as
// the page of the thing with the id shows it. That needs which an action concerns
// moved on is told with the action, so it is an entry of their own pages alone.
func Timeline(d *civic.District, reader *page.Reader, thread *civic.Thread, id int64) (entries []ThreadEntry) {
	for _, t := range thread.Things {
		if t.Kind == civic.PinThing && t.ReportedOn != 0 {
			entries = append(entries, newEntry(d, reader, t, id, ThreadEntry{Title: reader.Text("history.submit"), Date: t.ReportedOn, At: t.ReportedOn.Time()}))
		}
	}
	for _, e := range thread.Entries {
		t, _ := thread.Thing(e.ThingID)
		atOnce := e.Action == civic.Publish && e.Before == "" && d.DayOf(e.At) == t.ReportedOn
		if t.Kind == civic.PinThing && (atOnce || t.ID != id && (e.Action == civic.Publish || follows(thread, e))) {
			continue
		}
		entry := ThreadEntry{At: e.At, ID: e.ID, Title: entryTitle(reader, t, e.HistoryEntry), Date: d.DayOf(e.At), Text: reader.Said(e.Text, e.TextIn)}
		if entry.Text == "" {
			entry.Text = reader.Said(e.Reason, e.ReasonIn)
		}
		if e.By != 0 {
			entry.By = reader.Text("history.by." + e.By.String())
		}
		entries = append(entries, newEntry(d, reader, t, id, entry))
	}
	slices.SortStableFunc(entries, func(a, b ThreadEntry) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), a.At.Compare(b.At))
	})
	return entries
}

// newEntry completes an entry with the thing to which it happened.
func newEntry(d *civic.District, reader *page.Reader, t civic.ThreadThing, id int64, e ThreadEntry) ThreadEntry {
	e.ThingID, e.URL = t.ID, Path(d, t.Kind, t.ID)
	if t.ID != id {
		e.Of, e.Kind = t.Title, reader.Text(kindKey(t.Kind, t.PinKind))
	}
	return e
}

// follows reports whether an entry followed from another one of the thread at the
// same time.
func follows(thread *civic.Thread, e civic.ThreadEntry) bool {
	return slices.ContainsFunc(thread.Entries, func(cause civic.ThreadEntry) bool {
		t, _ := thread.Thing(cause.ThingID)
		then, ok := t.Kind.Effect(cause.Action)
		return ok && then == e.Action && cause.At.Equal(e.At)
	})
}

// entryTitle returns what an entry says: for a step, the state to which it led.
func entryTitle(reader *page.Reader, t civic.ThreadThing, e civic.HistoryEntry) string {
	if e.Action == civic.Publish && t.Kind != civic.PinThing {
		return reader.Text(t.Kind.Plural() + ".published")
	}
	isStep := slices.ContainsFunc(t.Kind.Rules().Steps, func(s civic.Step[civic.State]) bool { return s.Action == e.Action })
	if isStep && e.After != "" {
		return reader.Text(StateKey(t.Kind, civic.State(e.After)))
	}
	return reader.Text("history." + e.Action.String())
}

// Gaps returns what did not happen in a thread until a day, as sentences.
func Gaps(d *civic.District, reader *page.Reader, thread *civic.Thread, today civic.Day) (gaps []string) {
	for _, g := range thread.Gaps(d, today) {
		gaps = append(gaps, reader.Text("thread.gap."+string(g.Kind), "date", reader.Date(g.Since), "title", strings.TrimRight(g.Thing.Title, ".")))
	}
	return gaps
}
