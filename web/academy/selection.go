package academy

import (
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/markdown"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// selectionView is the data of the template selection.html.
type selectionView struct {
	Back       string
	Title      string
	Criteria   template.HTML
	Lang       string // of the criteria, if it is another than that of the reader
	Places     int
	Taken      int
	Waiting    int
	Applicants []applicant
	Done       bool
	Fault      string
}

// applicant is somebody who has applied.
type applicant struct {
	civic.Applicant
	URL        string
	Name       string
	Motivation string
	Answers    string
	StateText  string
	Decisions  []page.Option // that can be made now
	Reason     string        // as it was entered
	Fault      string
}

// selection shows those who have applied for a programme beside its criteria.
func (h handlers) selection(w http.ResponseWriter, r *http.Request) error {
	in, err := h.thing(r, civic.ProgrammeThing)
	if err != nil {
		return err
	}
	if err := civic.Can(in.actor, civic.MarkAttendance, in.thing.Thing, h.Now()); err != nil {
		return err
	}
	return h.showSelection(w, r, in, http.StatusOK, 0, "")
}

// highestHeading is the level of the highest heading of the criteria on the page.
const highestHeading = 3

// decisions are the actions that decide about an application.
func decisions() []civic.Action { return []civic.Action{civic.Select, civic.Reserve, civic.Decline} }

// decide makes a decision about one application.
func (h handlers) decide(w http.ResponseWriter, r *http.Request) error {
	in, err := h.thing(r, civic.ProgrammeThing)
	if err != nil {
		return err
	}
	if err := civic.Can(in.actor, civic.MarkAttendance, in.thing.Thing, h.Now()); err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	version, err := serve.FormVersion(r)
	if err != nil {
		return err
	}
	action, err := civic.ParseAction(r.PostForm.Get("action"))
	if err != nil || !slices.Contains(decisions(), action) {
		return serve.BadForm("there is no such decision", nil)
	}
	id, err := strconv.ParseInt(r.PostForm.Get("enrolment"), 10, 64)
	if err != nil {
		return serve.BadForm("the enrolment is missing", err)
	}
	found, err := h.Store.Applicants(r.Context(), in.d, in.thing.ID)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, in.d)
	switch i := slices.IndexFunc(found, func(a civic.Applicant) bool { return a.ID == id }); {
	case i < 0:
		return serve.BadForm("the enrolment is not for this programme", nil)
	case !found[i].Confirmed: // who could not be told
		return h.showSelection(w, r, in, http.StatusConflict, id, reader.Text("academy.unconfirmed"))
	}
	_, err = h.Store.Do(r.Context(), in.d, in.actor, civic.Command{Action: action, Things: []int64{id}, Version: version, Reason: r.PostForm.Get("reason")})
	var faults civic.Faults
	switch {
	case errors.As(err, &faults) && faults[0].Code == "full":
		return h.showSelection(w, r, in, http.StatusUnprocessableEntity, id, reader.Text("thing.refused.full"))
	case errors.As(err, &faults):
		return h.showSelection(w, r, in, http.StatusUnprocessableEntity, id, reader.Text("academy.reason_missing"))
	case errors.Is(err, civic.ErrChanged), errors.Is(err, civic.ErrConflict):
		return h.showSelection(w, r, in, http.StatusConflict, id, reader.Text("thing.changed"))
	case err != nil:
		return err
	}
	http.Redirect(w, r, things.Path(in.d, civic.ProgrammeThing, in.thing.ID)+fmt.Sprintf("/selection?done=yes#enrolment-%d", id), http.StatusSeeOther)
	return nil
}

// showSelection shows the page, with what is wrong with the decision about an
// application.
func (h handlers) showSelection(w http.ResponseWriter, r *http.Request, in request, status int, id int64, fault string) error {
	reader := h.Pages.Reader(r, in.d)
	found, err := h.Store.Applicants(r.Context(), in.d, in.thing.ID)
	if err != nil {
		return err
	}
	view := selectionView{
		Back: things.Path(in.d, civic.ProgrammeThing, in.thing.ID), Title: in.thing.Title, Places: in.says.Number("places"),
		Criteria: markdown.HTML(reader.In(in.says.Texts["criteria"]), highestHeading), Lang: reader.OtherLanguage(in.says.Texts["criteria"]),
		Done: r.URL.Query().Get("done") == "yes", Fault: fault,
	}
	for _, f := range found {
		says, _ := f.Content.(civic.Record)
		a := applicant{
			Applicant: f, URL: things.Path(in.d, f.Kind, f.ID), Name: says.Words["name"], Motivation: says.Words["motivation"], Answers: says.Words["answers"],
			StateText: reader.Text(things.StateKey(f.Kind, f.State)),
		}
		for _, action := range decisions() {
			if _, err := f.After(action); err == nil && f.Confirmed {
				a.Decisions = append(a.Decisions, page.Option{Value: action.String(), Label: reader.Text("action." + action.String())})
			}
		}
		if f.ID == id {
			a.Fault, a.Reason = fault, r.PostForm.Get("reason")
		}
		switch {
		case f.State.TakesPlace():
			view.Taken++
		case f.State == "applied":
			view.Waiting++
		}
		view.Applicants = append(view.Applicants, a)
	}
	p := h.Pages.Page(r, in.d, view)
	p.Title, p.Form, p.Private = reader.Text("academy.selection_title", "title", view.Title), true, true
	return h.Pages.Render(w, r, status, "selection", p)
}
