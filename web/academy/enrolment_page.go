package academy

import (
	"fmt"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/things"
)

// enrolmentView is what the template enrolment_page.html needs beyond the common view.
type enrolmentView struct {
	Programme, URL string
	Because        string // the reason of the last decision; "" for none
	DecidedOn      civic.Day
	Sessions       int // of the programme
	Attended       int
	Certificate    string // path; "" while there is none
	Selection      string // path; "" for those who may not
	Begin          string // path of the form of a practicum; "" for those who do not take part
}

func (h handlers) enrolmentView(r *http.Request, reader *page.Reader, in things.Shown) (view enrolmentView, err error) {
	d := &in.Version.District
	programme, err := h.programmeOf(r.Context(), d, in.Thing.ID)
	if err != nil {
		return view, err
	}
	view.Programme, view.URL = programme.Title, things.Path(d, programme.Kind, programme.ID)
	linked, err := h.Store.Links(r.Context(), d, []int64{programme.ID})
	if err != nil {
		return view, err
	}
	sessions, err := h.sessions(r.Context(), d, reader, linked, programme.ID)
	if err != nil {
		return view, err
	}
	applicants, err := h.Store.Applicants(r.Context(), d, programme.ID)
	if err != nil {
		return view, err
	}
	sessions = held(sessions)
	view.Sessions = len(sessions)
	for _, a := range applicants {
		if a.ID == in.Thing.ID {
			view.Because, view.DecidedOn, view.Attended = a.Because, a.DecidedOn, len(attended(sessions, a))
		}
	}
	if in.Thing.State.TakesPlace() {
		view.Begin = fmt.Sprintf("%s/new?programme=%d", things.Path(d, civic.PracticumThing, 0), programme.ID)
	}
	if in.Thing.State == "graduated" {
		view.Certificate = things.Path(d, in.Thing.Kind, in.Thing.ID) + "/certificate"
	}
	if civic.Can(in.Actor, civic.Select, in.Thing.Thing, h.Now()) == nil {
		view.Selection = view.URL + "/selection"
	}
	return view, nil
}
