package reports

import (
	"cmp"
	"errors"
	"net/http"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// formView is the data of the template report_form.html.
type formView struct {
	Action  string
	Back    string // path of the page of the thing
	Title   string // of the thing
	Key     civic.RequestKey
	Grounds []page.Option
	Erasure bool // whether a person asks to be erased
	Text    string
	Name    string
	Email   string
	Contact bool // whether the user is a contact, who need not enter an address
	Done    bool
	Message map[string]string // of each faulty field
	Faults  page.Faults       // the same, in the order of the form
}

// form shows the form.
func (h handlers) form(w http.ResponseWriter, r *http.Request, in request) error {
	return h.showForm(w, r, in, http.StatusOK, formView{Done: r.URL.Query().Has("done"), Key: civic.NewRequestKey()}, 0)
}

func (h handlers) showForm(w http.ResponseWriter, r *http.Request, in request, status int, view formView, ground civic.Ground) error {
	view.Back, view.Title, view.Contact = in.path(), in.thing.Title, in.actor.Kind == civic.Contact
	view.Action = view.Back + "/report"
	for _, g := range civic.Grounds() {
		view.Grounds = append(view.Grounds, page.Option{Value: g.String(), Label: in.reader.Text("report.ground." + g.String()), Chosen: g == ground})
	}
	p := h.Pages.Page(r, in.d, view)
	p.Title, p.Private, p.Form = in.reader.Text("title.report", "title", view.Title), true, true
	return h.Pages.Render(w, r, status, "report_form", p)
}

// submit stores a report, or shows what is wrong with the form.
func (h handlers) submit(w http.ResponseWriter, r *http.Request, in request) error {
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	q := r.PostForm
	view := formView{Erasure: q.Get("erasure") == "yes", Text: q.Get("text"), Name: q.Get("name"), Email: q.Get("email"), Message: map[string]string{}}
	if q.Has("key") {
		var err error
		if view.Key, err = civic.ParseRequestKey(q.Get("key")); err != nil {
			return serve.BadForm(err.Error(), err)
		}
	}
	ground, _ := civic.ParseGround(q.Get("ground")) // 0 is a fault of the report
	report := civic.NewReport{Kind: civic.ContentNotice, Ground: ground, Name: view.Name, Email: view.Email}
	if view.Erasure {
		report.Kind = civic.ErasureRequest
	}
	_, err := h.add(r, in, view.Key, view.Text, report)
	var faults civic.Faults
	switch {
	case err == nil:
		w.Header().Set("Location", in.path()+"/report?done=1")
		w.WriteHeader(http.StatusSeeOther)
		return nil
	case errors.Is(err, civic.ErrKeyReused):
		faults, view.Key = civic.Faults{{Field: "key"}}, civic.NewRequestKey()
	case !errors.As(err, &faults):
		return err
	}
	slices.SortStableFunc(faults, func(a, b civic.Fault) int { return cmp.Compare(placeOf(a.Field), placeOf(b.Field)) })
	for _, f := range faults {
		text := in.reader.Text("report.fault." + f.Field)
		view.Message[f.Field] = text
		view.Faults = append(view.Faults, page.Fault{Field: f.Field, Text: text})
	}
	return h.showForm(w, r, in, http.StatusUnprocessableEntity, view, ground)
}

// placeOf returns the place of a field in the form.
func placeOf(field string) int {
	return slices.Index([]string{"ground", "text", "name", "email", "key"}, field)
}
