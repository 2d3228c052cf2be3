package pins

import (
	"cmp"
	"errors"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// The steps of the form. Each is sent by POST to the address of the form.
const (
	stepWhere = iota + 1
	stepWhat
	stepWords
	stepThanks
)

// maxPlaces is the number of places that a search shows.
const maxPlaces = 8

// form shows the first step, with the category in the query chosen, or thanks
// for a pin that has no page yet.
func (h handlers) form(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	view := h.newFormView(v, h.Pages.Reader(r, &v.District), formInput{Key: civic.NewRequestKey(), Category: q.Get("category")})
	view.Step, view.New = stepWhere, true
	if q.Has("added") {
		view.Step = stepThanks
	}
	return h.showForm(w, r, v, http.StatusOK, view)
}

// submit does what the button that was pressed says: it shows another step,
// which changes nothing, or adds the pin. When the input has faults, it shows the
// step of the first of them, with messages and everything that was entered.
func (h handlers) submit(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	in, err := readForm(r)
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, &v.District)
	view := h.newFormView(v, reader, in)
	switch {
	case in.Do == doSearch:
		return h.search(w, r, v, reader, view)
	case in.Do == doBack:
		view.Step = max(stepWhere, in.Step-1)
		return h.showForm(w, r, v, http.StatusOK, view)
	case in.Step < stepWords:
		if faults := in.faultsBefore(in.Step+1, &v.District); faults != nil {
			return h.showFaults(w, r, v, reader, view, faults)
		}
		view.Step = in.Step + 1
		return h.showForm(w, r, v, http.StatusOK, view)
	}
	return h.send(w, r, v, reader, view)
}

// search shows the first step with the places that match its words.
func (h handlers) search(w http.ResponseWriter, r *http.Request, v *index.Version, reader *page.Reader, view formView) error {
	view.Step = stepWhere
	if view.Place == "" {
		return h.showForm(w, r, v, http.StatusOK, view)
	}
	view.Found = true
	if civic.SearchablePlace(view.Place) {
		found, err := h.Store.Places(r.Context(), &v.District, civic.PlaceQuery{Text: view.Place, Limit: maxPlaces})
		if err != nil {
			return h.showFailure(w, r, v, reader, view, "search_", err)
		}
		view.Places = placeChoices(found)
	}
	return h.showForm(w, r, v, http.StatusOK, view)
}

// send adds the pin and redirects to its page, or to the thanks while it has
// none.
func (h handlers) send(w http.ResponseWriter, r *http.Request, v *index.Version, reader *page.Reader, view formView) error {
	view.Step = stepWords
	if err := h.Writes.Admit(serve.ClientOf(r.Context())); err != nil {
		return h.showFailure(w, r, v, reader, view, "", err)
	}
	actor, err := h.reporter(r, v, view)
	if errors.Is(err, civic.ErrUnauthenticated) {
		view.fault(reader, "form", "session_ended")
		return h.showForm(w, r, v, http.StatusUnprocessableEntity, view)
	}
	if err != nil {
		return h.showFailure(w, r, v, reader, view, "", err)
	}
	added, err := h.add(r, v, actor, view.draft(), view.Key)
	var faults civic.Faults
	switch {
	case errors.As(err, &faults):
		return h.showFaults(w, r, v, reader, view, faults)
	case errors.Is(err, civic.ErrKeyReused):
		view.First, view.Key = addedPage(&v.District, added), civic.NewRequestKey()
		view.fault(reader, "form", "already_sent")
		view.AlreadySent = true
		return h.showForm(w, r, v, http.StatusUnprocessableEntity, view)
	case err != nil:
		return h.showFailure(w, r, v, reader, view, "", err)
	}
	next := addedPage(&v.District, added)
	if next == "" {
		next = view.Action
	}
	http.Redirect(w, r, next+"?added=yes", http.StatusSeeOther) //nolint:gosec // next is a path of this site
	return nil
}

// reporter returns whose pin the form describes: that of whoever has signed in, if
// the form has said so and they do not wish otherwise. It returns
// civic.ErrUnauthenticated when their session has ended since.
func (h handlers) reporter(r *http.Request, v *index.Version, view formView) (civic.Actor, error) {
	if !view.SignedIn || view.Anonymous {
		return civic.Actor{}, nil
	}
	actor, err := signedIn(r, &v.District)
	if err == nil && actor.Kind == civic.Unknown {
		err = civic.ErrUnauthenticated
	}
	return actor, err
}

// showFaults shows the step of the first fault, with all faults of that step.
func (h handlers) showFaults(w http.ResponseWriter, r *http.Request, v *index.Version, reader *page.Reader, view formView, faults civic.Faults) error {
	view.Step = stepWords
	for _, f := range faults {
		view.Step = min(view.Step, stepOf(f.Field))
	}
	for _, f := range faults {
		switch {
		case stepOf(f.Field) != view.Step:
			continue
		case f.Field == "place":
			f.Code = cmp.Or(view.placeFault(&v.District), f.Code)
		case f.Field == "category":
			f.Code = view.categoryFault()
		}
		view.fault(reader, f.Field, f.Code)
	}
	return h.showForm(w, r, v, http.StatusUnprocessableEntity, view)
}

// showFailure shows the step with everything that was entered, and the key, when
// the server is too busy or the database is unavailable, so that pressing the
// button again is all there is to do. It returns other errors.
func (h handlers) showFailure(w http.ResponseWriter, r *http.Request, v *index.Version, reader *page.Reader, view formView, prefix string, err error) error {
	p := serve.ProblemOf(err)
	switch p.Status {
	case http.StatusServiceUnavailable:
		view.fault(reader, "form", prefix+"unavailable")
	case http.StatusTooManyRequests:
		view.fault(reader, "form", "too_many")
	default:
		return err
	}
	p.SetRetryAfter(w.Header())
	return h.showForm(w, r, v, p.Status, view)
}

// setReporter sets whose pin it will be. It leaves what the form has said when that
// cannot be found out: the form is shown all the same.
func (h handlers) setReporter(r *http.Request, v *index.Version, view *formView) {
	actor, err := signedIn(r, &v.District)
	if err != nil {
		return
	}
	view.SignedIn = actor.Kind != civic.Unknown
	if !view.SignedIn {
		return
	}
	if resident, err := h.Store.ResidentOf(r.Context(), &v.District, actor); err == nil {
		view.Reporter = resident.Email
	}
}

func (h handlers) showForm(w http.ResponseWriter, r *http.Request, v *index.Version, status int, view formView) error {
	if view.Step == stepWords {
		h.setReporter(r, v, &view)
	}
	p := h.Pages.Page(r, &v.District, view)
	p.Title, p.Form = view.title(h.Pages.Reader(r, &v.District), p.Name), true
	return h.Pages.Render(w, r, status, "pin_form", p)
}
