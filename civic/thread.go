package civic

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
)

// Thread is a thing with all from which it came and all that came of it, however
// far, but not what else came of the former.
type Thread struct {
	Things  []ThreadThing // the causes, the farthest first, the thing itself, and what came of it
	Links   []Link        // among them
	Entries []ThreadEntry // in the order of time
}

// ThreadThing is a thing of a thread.
type ThreadThing struct {
	Thing
	Distance   int  // in links: below 0 for a cause, 0 for the thing itself
	HexOnly    bool // whether it is a pin that the public only counts
	PinKind    Kind // of a pin
	ReportedOn Day  // of a pin
	DueOn      Day  // when something is awaited next; 0 for never

	Place *orb.Point // that everybody may know: longitude, latitude; nil for none
}

// ThreadEntry is an entry of the audit of a thing of a thread.
type ThreadEntry struct {
	ThingID int64
	HistoryEntry
}

// Thing returns the thing with the id, and whether the thread has it.
func (t *Thread) Thing(id int64) (ThreadThing, bool) {
	i := slices.IndexFunc(t.Things, func(thing ThreadThing) bool { return thing.ID == id })
	if i < 0 {
		return ThreadThing{}, false
	}
	return t.Things[i], true
}

// Public returns what the public may know of a thread: what is published and not
// only counted, with what PublicHistory returns of it.
func (t *Thread) Public() Thread {
	return t.Visible(func(thing ThreadThing) bool { return thing.Publication == Published && !thing.HexOnly })
}

// Visible returns the part of a thread that consists of things that are shown.
func (t *Thread) Visible(shown func(ThreadThing) bool) Thread {
	var out Thread
	histories := map[int64][]HistoryEntry{}
	for _, e := range t.Entries {
		histories[e.ThingID] = append(histories[e.ThingID], e.HistoryEntry)
	}
	for _, thing := range t.Things {
		if !shown(thing) {
			continue
		}
		out.Things = append(out.Things, thing)
		for _, e := range PublicHistory(histories[thing.ID]) {
			out.Entries = append(out.Entries, ThreadEntry{thing.ID, e})
		}
	}
	slices.SortFunc(out.Entries, func(a, b ThreadEntry) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
	})
	for _, l := range t.Links {
		_, from := out.Thing(l.From)
		_, to := out.Thing(l.To)
		if from && to {
			out.Links = append(out.Links, l)
		}
	}
	return out
}

// YearLater returns the state that a thing of the thread had a year after it began, on
// the day that it states or else when it was published; false until that is over.
func (t *Thread) YearLater(d *District, id int64, begins, today Day) (State, bool) {
	thing, _ := t.Thing(id)
	state, zone := thing.Kind.Rules().Initial, d.Zone()
	for _, e := range t.Entries {
		if e.ThingID == id && e.Action == Publish && begins == 0 {
			begins = DayOf(e.At.In(zone))
		}
	}
	later := DayOf(begins.Time().AddDate(1, 0, 0))
	if begins == 0 || today < later {
		return "", false
	}
	for _, e := range t.Entries {
		if e.ThingID == id && thing.Kind.HasStep(e.Action) && DayOf(e.At.In(zone)) <= later {
			state = State(e.After)
		}
	}
	return state, true
}

// Gap is something that did not happen in a thread.
type Gap struct {
	Kind  GapKind
	Thing ThreadThing
	Since Day
}

// GapKind is a kind of gaps. It is part of the key of a message.
type GapKind string

// The kinds of gaps.
const (
	GapNotDiagnosed GapKind = "not_diagnosed" // a need that nobody has looked into
	GapNotTakenUp   GapKind = "not_taken_up"  // a diagnosis that nothing answers
	GapOverdue      GapKind = "overdue"       // something was awaited on a day that is past
)

// gapAfter is after how many days something that did not happen is a gap.
const gapAfter = 30

// Gaps returns what did not happen in a thread until a day.
func (t *Thread) Gaps(d *District, today Day) (gaps []Gap) {
	since, zone := map[int64]Day{}, d.Zone()
	for _, e := range t.Entries {
		if e.Action == Publish {
			since[e.ThingID] = DayOf(e.At.In(zone))
		}
	}
	answered := map[int64]bool{}
	for _, l := range t.Links {
		if l.Relation == AnswersTo {
			answered[l.To] = true
		}
	}
	for _, thing := range t.Things {
		from := since[thing.ID]
		switch {
		case thing.Kind == PinThing && thing.Status() == Reported && thing.ReportedOn+gapAfter <= today && len(t.Things) == 1:
			gaps = append(gaps, Gap{GapNotDiagnosed, thing, thing.ReportedOn})
		case thing.Kind == DiagnosisThing && thing.State == thing.Kind.Rules().Initial && from != 0 && from+gapAfter <= today && !answered[thing.ID]:
			gaps = append(gaps, Gap{GapNotTakenUp, thing, from})
		case thing.DueOn != 0 && thing.DueOn < today:
			gaps = append(gaps, Gap{GapOverdue, thing, thing.DueOn})
		}
	}
	return gaps
}
