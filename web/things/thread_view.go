package things

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
)

// ThreadView is a thread for a reader: the data of the template thread.
type ThreadView struct {
	Entries []ThreadEntry
	Gaps    []string
	Markers string // of its small map, as JSON; "" for none
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
	Reports []Report  // of an entry that stands for many reports
	Until   civic.Day // the day of the last of those for which it stands; 0 for one

	merged   int  // how many pins were merged into the thing; 0 for another entry
	proposed bool // whether it is that an idea was published, which is not the page itself
}

// Report is a pin that is evidence of something.
type Report struct{ URL, Title string }

// mostReports is how many reports have an entry each.
const mostReports = 3

// NewThreadView returns a thread of which the reader may know all, as the page of
// the thing with the id shows it on a day.
func NewThreadView(d *civic.District, reader *page.Reader, thread *civic.Thread, id int64, today civic.Day) ThreadView {
	return ThreadView{foldIdeas(reader, foldMerges(reader, Timeline(d, reader, thread, id))), gaps(d, reader, thread, today), threadMarkers(d, thread, id)}
}

// Timeline returns what happened in a thread, of which the reader may know all, as
// the page of the thing with the id shows it.
func Timeline(d *civic.District, reader *page.Reader, thread *civic.Thread, id int64) []ThreadEntry {
	entries, zone := reports(d, reader, thread, id), d.Zone()
	for _, e := range thread.Entries {
		t, _ := thread.Thing(e.ThingID)
		if isTold(zone, thread, e, t, id) {
			continue
		}
		entry := ThreadEntry{At: e.At, ID: e.ID, Title: entryTitle(reader, t, e.HistoryEntry), Date: civic.DayOf(e.At.In(zone)), Text: reader.Said(e.Text, e.TextIn)}
		if e.Action == civic.Merge {
			entry.merged = 1
		}
		entry.proposed = e.Action == civic.Publish && t.ID != id && t.Kind.Rules().Heard
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

// foldMerges returns the entries with one for all pins that were merged into the same
// one, in the place of the first.
func foldMerges(reader *page.Reader, entries []ThreadEntry) (folded []ThreadEntry) {
	places := map[int64]int{} // of such entries, by the thing
	for _, e := range entries {
		if i, ok := places[e.ThingID]; ok && e.merged > 0 {
			all := &folded[i]
			all.merged++
			all.Title, all.Until = reader.Text("thread.merged", "n", all.merged), e.Date
			continue
		}
		if e.merged > 0 {
			places[e.ThingID] = len(folded)
		}
		folded = append(folded, e)
	}
	return folded
}

// foldIdeas returns the entries with one for all ideas of which others are the page, in
// the place of the first, where there are many.
func foldIdeas(reader *page.Reader, entries []ThreadEntry) (folded []ThreadEntry) {
	var all []ThreadEntry
	for _, e := range entries {
		if e.proposed {
			all = append(all, e)
		}
	}
	if len(all) <= mostReports {
		return entries
	}
	one := ThreadEntry{Title: reader.Text("thread.ideas", "n", len(all)), Date: all[0].Date, At: all[0].At, Until: all[len(all)-1].Date}
	for _, e := range all {
		one.Reports = append(one.Reports, Report{e.URL, e.Of})
	}
	for _, e := range entries {
		switch {
		case !e.proposed:
			folded = append(folded, e)
		case one.Reports != nil:
			folded = append(folded, one)
			one.Reports = nil
		}
	}
	return folded
}

// reports returns the entries of the reports of pins, of an organisation on its own
// page alone: one for all of them if there are many, which the page is not about.
func reports(d *civic.District, reader *page.Reader, thread *civic.Thread, id int64) (entries []ThreadEntry) {
	for _, t := range thread.Things {
		if t.Kind == civic.PinThing && t.ReportedOn != 0 && (t.PinKind != civic.Organisation || t.ID == id) {
			entries = append(entries, newEntry(d, reader, t, id, ThreadEntry{Title: reader.Text("history.submit"), Date: t.ReportedOn, At: t.ReportedOn.Time()}))
		}
	}
	own := slices.ContainsFunc(entries, func(e ThreadEntry) bool { return e.ThingID == id })
	if own || len(entries) <= mostReports {
		return entries
	}
	slices.SortStableFunc(entries, func(a, b ThreadEntry) int { return cmp.Compare(a.Date, b.Date) })
	all := ThreadEntry{Title: reader.Text("thread.reports", "n", len(entries)), Date: entries[0].Date, At: entries[0].At, Until: entries[len(entries)-1].Date}
	for _, e := range entries {
		all.Reports = append(all.Reports, Report{e.URL, e.Of})
	}
	return []ThreadEntry{all}
}

// isTold reports whether an entry of a pin is told by another one: its publication
// by its report, and a step that followed from what happened to another thing by
// that, which the page of the pin shows, or which other pages need not.
func isTold(zone *time.Location, thread *civic.Thread, e civic.ThreadEntry, t civic.ThreadThing, id int64) bool {
	switch {
	case t.Kind != civic.PinThing:
		return false
	case e.Action == civic.Publish:
		return t.ID != id || e.Before == "" && civic.DayOf(e.At.In(zone)) == t.ReportedOn
	case t.ID == id:
		return isEffect(thread, e)
	}
	return slices.ContainsFunc(civic.Effects(), func(f civic.Effect) bool { return f.Then == e.Action })
}

// newEntry completes an entry with the thing to which it happened.
func newEntry(d *civic.District, reader *page.Reader, t civic.ThreadThing, id int64, e ThreadEntry) ThreadEntry {
	e.ThingID, e.URL = t.ID, Path(d, t.Kind, t.ID)
	if t.ID != id {
		e.Of, e.Kind = t.Title, reader.Text(kindKey(t.Kind, t.PinKind))
	}
	return e
}

// isEffect reports whether an entry followed from another one of the thread at the
// same time.
func isEffect(thread *civic.Thread, e civic.ThreadEntry) bool {
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
	if t.Kind.HasStep(e.Action) && e.After != "" {
		return reader.Text(StateKey(t.Kind, civic.State(e.After)))
	}
	return reader.Text("history." + e.Action.String())
}

// gaps returns what did not happen in a thread until a day, as sentences.
func gaps(d *civic.District, reader *page.Reader, thread *civic.Thread, today civic.Day) (sentences []string) {
	for _, g := range thread.Gaps(d, today) {
		sentences = append(sentences, reader.Text("thread.gap."+string(g.Kind), "date", reader.Date(g.Since), "title", strings.TrimRight(g.Thing.Title, ".")))
	}
	return sentences
}
