package things

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// formView is the data of the template thing_form.html.
type formView struct {
	Plural   string
	New      bool
	Action   string // path
	Back     string
	Fields   []formField
	Lon, Lat string
	Config   string // of the map element
	Version  int32
	Key      civic.RequestKey // of a new thing
	Faults   []fault
	Now      *Item // the thing as somebody else has changed it meanwhile; nil otherwise
}

// formField is a field with its values by language.
type formField struct {
	Field
	Values map[string]string
	Fault  string // message; "" for none
}

// fault is the message of what is wrong with a field; place and form have one too.
type fault struct{ Field, Text string }

// Has reports whether any field has a text in the language.
func (v formView) Has(lang string) bool {
	return slices.ContainsFunc(v.Fields, func(f formField) bool { return f.Values[lang] != "" })
}

// PlaceFault returns the message about the place, or "".
func (v formView) PlaceFault() string {
	for _, f := range v.Faults {
		if f.Field == "place" {
			return f.Text
		}
	}
	return ""
}

func (h handlers) newForm(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r)
	if err != nil {
		return err
	}
	return h.showForm(w, r, in, http.StatusOK, formView{New: true, Key: civic.NewRequestKey()}, Draft{Point: noPoint()}, nil)
}

func (h handlers) editForm(w http.ResponseWriter, r *http.Request) error {
	in, t, err := h.thing(r)
	if err != nil {
		return err
	}
	if err := civic.Can(in.actor, civic.Edit, t.Thing, h.Now()); err != nil {
		return err
	}
	return h.showForm(w, r, in, http.StatusOK, formView{Version: t.Version}, h.Draft(t.Content), nil)
}

func (h handlers) submitForm(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r)
	if err != nil {
		return err
	}
	draft, err := h.readDraft(r, in.d)
	if err != nil {
		return err
	}
	key, err := civic.ParseRequestKey(r.PostForm.Get("key"))
	if err != nil {
		return badForm(err.Error())
	}
	content, err := h.Accept(in.d, draft)
	if err != nil {
		return h.showForm(w, r, in, http.StatusUnprocessableEntity, formView{New: true, Key: key}, draft, err)
	}
	request := civic.NewContentRequest(key, content)
	out, err := h.Store.Do(r.Context(), in.d, in.actor, civic.Command{Action: civic.Submit, Kind: h.Kind.Kind, Content: content, Request: &request})
	if err != nil {
		return err
	}
	http.Redirect(w, r, h.Path(in.d, out.Changed[0].ID)+"?done=yes", http.StatusSeeOther)
	return nil
}

func (h handlers) submitEdit(w http.ResponseWriter, r *http.Request) error {
	in, t, err := h.thing(r)
	if err != nil {
		return err
	}
	draft, err := h.readDraft(r, in.d)
	if err != nil {
		return err
	}
	version, err := strconv.ParseInt(r.PostForm.Get("version"), 10, 32)
	if err != nil || version < 1 {
		return badForm("the version is missing")
	}
	view := formView{Version: int32(version)}
	content, err := h.Accept(in.d, draft)
	if err != nil {
		return h.showForm(w, r, in, http.StatusUnprocessableEntity, view, draft, err)
	}
	_, err = h.Store.Do(r.Context(), in.d, in.actor, civic.Command{Action: civic.Edit, Things: []int64{t.ID}, Version: view.Version, Content: content})
	if errors.Is(err, civic.ErrChanged) {
		now := h.Item(in.d, h.Pages.Reader(r, in.d), t)
		return h.showForm(w, r, in, http.StatusPreconditionFailed, formView{Version: t.Version, Now: &now}, draft, nil)
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, h.Path(in.d, t.ID)+"?done=yes", http.StatusSeeOther)
	return nil
}

// readDraft returns what the form has, whose fields are named "name.pl".
func (h handlers) readDraft(r *http.Request, d *civic.District) (Draft, error) {
	if err := r.ParseForm(); err != nil {
		return Draft{}, fmt.Errorf("read the form: %w", err)
	}
	draft := Draft{Texts: map[string]civic.Text{}, Point: noPoint()}
	for _, f := range h.Fields {
		draft.Texts[f.Name] = civic.Text{}
		for _, lang := range d.Languages {
			draft.Texts[f.Name][lang] = r.PostForm.Get(f.Name + "." + lang)
		}
	}
	lon, lat := r.PostForm.Get("lon"), r.PostForm.Get("lat")
	if lon != "" || lat != "" {
		draft.Point = orb.Point{coordinate(lon), coordinate(lat)}
	}
	return draft, nil
}

// coordinate returns a number with a decimal point or a decimal comma, or infinity,
// which is no coordinate, for anything else.
func coordinate(s string) float64 {
	v, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(s), ",", "."), 64)
	if err != nil {
		return math.Inf(1)
	}
	return v
}

func noPoint() orb.Point { return orb.Point{math.NaN(), math.NaN()} }

func badForm(detail string) *serve.Problem {
	return &serve.Problem{Status: http.StatusBadRequest, Title: "Bad form", Detail: detail}
}

// showForm shows the form with everything that was entered, and the faults of err,
// or returns err if it has none.
func (h handlers) showForm(w http.ResponseWriter, r *http.Request, in request, status int, view formView, draft Draft, err error) error {
	var faults civic.Faults
	if err != nil && !errors.As(err, &faults) {
		return err
	}
	reader := h.Pages.Reader(r, in.d)
	view.Plural, view.Config = h.Plural, h.Maps.Element(in.version, reader, nil)
	view.Action, view.Back = r.URL.Path, h.Path(in.d, 0)
	view.Lon, view.Lat = r.PostForm.Get("lon"), r.PostForm.Get("lat")
	if r.Method == http.MethodGet && !math.IsNaN(draft.Point[0]) {
		view.Lon, view.Lat = strconv.FormatFloat(draft.Point.Lon(), 'f', -1, 64), strconv.FormatFloat(draft.Point.Lat(), 'f', -1, 64)
	}
	messages := map[string]string{}
	for _, f := range faults {
		message := h.faultText(reader, f)
		messages[f.Field] = message
		view.Faults = append(view.Faults, fault{f.Field, message})
	}
	for _, f := range h.Fields {
		view.Fields = append(view.Fields, formField{f, draft.Texts[f.Name], messages[f.Name]})
	}
	p := h.Pages.Page(r, in.d, view)
	p.Title, p.Form = reader.Text(h.Plural+".form_title", "district", p.Name), true
	return h.Pages.Render(w, r, status, "thing_form", p)
}

// faultText returns the message of a fault: that of its code for all fields.
func (h handlers) faultText(reader *page.Reader, f civic.Fault) string {
	return reader.Text("thing.fault."+f.Code, "field", reader.Text(h.Plural+".field."+f.Field))
}
