package academy

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/things"
)

// programmeView is what the template programme_page.html needs beyond the common view.
type programmeView struct {
	Thanks     bool   // whether the reader has just enrolled
	Enrol      string // path of the form; "" while one cannot enrol
	Enrolment  string // what is said about that
	Own        string // path of the enrolment of the reader; "" for none
	OwnState   string
	Sessions   []session
	Needed     int    // of the sessions, for a certificate
	AddSession string // path of the form; "" for those who may not
	Selection  string // path; "" for those who may not
	Attendance string // path; "" for those who may not
	Graduates  []string
	Others     int // graduates who are not named
	Next       []next
}

// next is what a graduate has begun.
type next struct{ Title, URL, State, YearLater string }

func compareTimes(a, b civic.LocalTime, first, second int64) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Minute, b.Minute), cmp.Compare(first, second))
}

func (h handlers) programmeView(r *http.Request, reader *page.Reader, in things.Shown) (view programmeView, err error) {
	d, id := &in.Version.District, in.Thing.ID
	says, _ := in.Thing.Content.(civic.Record)
	view.Thanks = r.URL.Query().Get("done") == civic.EnrolmentThing.Plural()
	linked, err := h.Store.Links(r.Context(), d, []int64{id})
	if err != nil {
		return view, err
	}
	if view.Sessions, err = h.sessions(r.Context(), d, reader, linked, id); err != nil {
		return view, err
	}
	view.Needed = says.SessionsNeeded(len(held(view.Sessions)))
	applicants, err := h.Store.Applicants(r.Context(), d, id)
	if err != nil {
		return view, err
	}
	for _, a := range applicants {
		record, _ := a.Content.(civic.Record)
		switch {
		case a.State != "graduated":
		case record.Words["named"] == "yes":
			view.Graduates = append(view.Graduates, record.Words["name"])
		default:
			view.Others++
		}
		if in.Actor.Kind == civic.Contact && a.ReporterID == in.Actor.ID {
			view.Own, view.OwnState = things.Path(d, a.Kind, a.ID), reader.Text(things.StateKey(a.Kind, a.State))
		}
	}
	slices.Sort(view.Graduates)
	if view.Next, err = h.next(r, reader, in, linkedTo(linked, id, civic.PracticumThing)); err != nil {
		return view, err
	}
	today := h.Today(d)
	if in.Thing.Publication == civic.Published {
		view.Enrolment = enrolmentSentence(reader, says, in.Thing.State, today)
		if says.Enrols(in.Thing.State, today) {
			view.Enrol = fmt.Sprintf("%s/new?programme=%d", things.Path(d, civic.EnrolmentThing, 0), id)
		}
		if civic.CanSomewhere(in.Actor, civic.Submit, civic.EventThing, d.ID, h.Now()) == nil {
			view.AddSession = fmt.Sprintf("%s/new?programme=%d&type=session", things.Path(d, civic.EventThing, 0), id)
		}
	}
	if civic.Can(in.Actor, civic.MarkAttendance, in.Thing.Thing, h.Now()) == nil {
		home := things.Path(d, in.Thing.Kind, id)
		view.Selection, view.Attendance = home+"/selection", home+"/attendance"
	}
	return view, nil
}

// next returns what graduates have begun that is public, the newest first.
func (h handlers) next(r *http.Request, reader *page.Reader, in things.Shown, ids []int64) (all []next, err error) {
	if ids == nil {
		return nil, nil
	}
	d := &in.Version.District
	found, err := h.Store.Things(r.Context(), d, civic.ThingQuery{
		Kind: civic.PracticumThing, Publications: []civic.Publication{civic.Published}, IDs: ids, Limit: len(ids),
	})
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		says, _ := t.Content.(civic.Record)
		n := next{Title: t.Title, URL: things.Path(d, t.Kind, t.ID), State: reader.Text(things.StateKey(t.Kind, t.State))}
		if state, ok := in.Thread.YearLater(d, t.ID, says.Day("begins"), h.Today(d)); ok {
			n.YearLater = reader.Text("academy.year_later", "state", reader.Text(things.StateKey(t.Kind, state)))
		}
		all = append(all, n)
	}
	return all, nil
}

// enrolmentSentence returns what is said about enrolment; "" for nothing.
func enrolmentSentence(reader *page.Reader, says civic.Record, state civic.State, today civic.Day) string {
	from, until := says.Day("enrol_from"), says.Day("enrol_until")
	switch {
	case says.Enrols(state, today):
		return reader.Text("academy.enrol_until", "date", reader.Date(until), "n", says.Number("places"))
	case (state == "announced" || state == "enrolling") && today < from:
		return reader.Text("academy.enrol_from", "date", reader.Date(from), "n", says.Number("places"))
	case state == "enrolling":
		return reader.Text("academy.enrol_over")
	}
	return ""
}
