package desk

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// reportFormView is the data of the template report_form.html.
type reportFormView struct {
	Action  string
	Back    string // path of the page of the thing
	Title   string // of the thing
	Grounds []page.Option
	Erasure bool // whether a person asks to be erased
	Text    string
	Name    string
	Email   string
	Done    bool
	Message map[string]string // of each faulty field
	Faults  []fault           // the same, in the order of the form
}

// fault is what is wrong with a field.
type fault struct{ Field, Text string }

// reportForm shows the form with which anybody reports a published thing.
func (h handlers) reportForm(w http.ResponseWriter, r *http.Request) error {
	v, pin, err := h.published(r)
	if err != nil {
		return err
	}
	return h.showReportForm(w, r, v, pin, http.StatusOK, reportFormView{Done: r.URL.Query().Has("done")}, 0)
}

// published returns the district and the published pin in the path of a request.
func (h handlers) published(r *http.Request) (*index.Version, civic.Pin, error) {
	v, err := h.District(r)
	if err != nil {
		return nil, civic.Pin{}, err
	}
	id := parseID(r.PathValue("id"))
	if id == 0 {
		return nil, civic.Pin{}, fmt.Errorf("pin %q: %w", r.PathValue("id"), civic.ErrNotFound)
	}
	pin, err := h.Store.Pin(r.Context(), &v.District, id)
	return v, pin, err
}

func (h handlers) showReportForm(w http.ResponseWriter, r *http.Request, v *index.Version, pin civic.Pin, status int, view reportFormView, ground civic.Ground) error {
	d := &v.District
	reader := h.Pages.Reader(r, d)
	view.Back = fmt.Sprintf("/d/%s/pins/%d", d.Slug, pin.ID)
	view.Action, view.Title = view.Back+"/report", pin.Title
	for _, g := range civic.Grounds() {
		view.Grounds = append(view.Grounds, page.Option{Value: g.String(), Label: reader.Text("report.ground." + g.String()), Chosen: g == ground})
	}
	p := h.Pages.Page(r, d, view)
	p.Title, p.Private, p.Form = reader.Text("title.report", "title", pin.Title), true, true
	return h.Pages.Render(w, r, status, "report_form", p)
}

// report stores a report, or shows what is wrong with the form.
func (h handlers) report(w http.ResponseWriter, r *http.Request) error {
	v, pin, err := h.published(r)
	if err != nil {
		return err
	}
	actor, err := serve.ActorOf(r.Context())
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return badForm(err.Error(), err)
	}
	reader := h.Pages.Reader(r, &v.District)
	q := r.PostForm
	view := reportFormView{Erasure: q.Get("erasure") == "yes", Text: q.Get("text"), Name: q.Get("name"), Email: q.Get("email"), Message: map[string]string{}}
	ground, _ := civic.ParseGround(q.Get("ground")) // 0 is a fault of the report
	report := civic.NewReport{Kind: civic.ContentNotice, Ground: ground, Name: view.Name, Email: view.Email, Language: reader.Lang}
	if view.Erasure {
		report.Kind = civic.ErasureRequest
	}
	report, err = report.Check()
	if err == nil {
		_, err = h.Store.Do(r.Context(), &v.District, actor, civic.Command{Action: civic.Report, Things: []int64{pin.ID}, Text: view.Text, Report: report})
	}
	var faults civic.Faults
	switch {
	case err == nil:
		return redirect(w, "/d/"+v.District.Slug+"/pins/"+strconv.FormatInt(pin.ID, 10)+"/report?done=1")
	case !errors.As(err, &faults):
		return err
	}
	for _, f := range faults {
		key := "report.fault." + f.Field
		text := reader.Text(key)
		if text == key {
			text = reader.Text("report.fault.text")
		}
		view.Message[f.Field] = text
		view.Faults = append(view.Faults, fault{f.Field, text})
	}
	return h.showReportForm(w, r, v, pin, http.StatusUnprocessableEntity, view, ground)
}
