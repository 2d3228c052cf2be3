package pins

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// The steps of the form. Steps 1 and 2 are sent by GET with what has been
// entered so far, step 3 by POST.
const (
	stepWhere = iota + 1
	stepWhat
	stepWords
	stepThanks
)

const maxPlaces = 8 // found by the place search

// formView is the data of the template pin_form.html. Every step repeats the
// input of the other steps in hidden fields.
type formView struct {
	Config  string // of the map element
	Step    int
	Action  string
	Lon     string // as entered
	Lat     string
	Place   string // words of the place search
	Places  []placeChoice
	Found   bool // whether a place was searched for
	Kinds   []page.Option
	Groups  []page.OptionGroup // categories by kind
	Hints   map[string]string  // by slug of the category
	Chosen  page.Option        // the chosen category
	Shown   string             // how its pins are shown, as civic.Visibility names it
	Title   string
	Body    string
	Email   string
	Faults  map[string]string // messages by field: place, category, title, body, email, form
	BackURL string            // of the previous step

	ExampleName, ExampleLat, ExampleLon string // of what to enter: the first area and its middle
}

type placeChoice struct {
	Name, URL string // URL is that of step 2 with the place
	Lon, Lat  string
}

// form shows the step in the query, or an earlier step whose input is missing
// or invalid.
func (h handlers) form(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	step, err := strconv.Atoi(q.Get("step"))
	if err != nil || step < stepWhere || step > stepThanks {
		step = stepWhere
	}
	reader := h.Pages.Reader(r, &v.District)
	view := h.newFormView(v, reader, q)
	if step == stepThanks {
		view.Step = stepThanks
		return h.showForm(w, r, v, http.StatusOK, view)
	}
	if words := strings.TrimSpace(q.Get("place")); words != "" && step == stepWhere {
		found, err := h.Store.Places(r.Context(), &v.District, civic.PlaceQuery{Text: words, Limit: maxPlaces})
		if err != nil {
			return err
		}
		view.Found, view.Places = true, placeChoices(found, view.Action, q)
	}
	status := http.StatusOK
	if step > stepWhere {
		if fault := placeFault(&v.District, q); fault != "" {
			step, status = stepWhere, http.StatusUnprocessableEntity
			view.fault(reader, "place", fault)
		}
	}
	if step > stepWhat && view.Chosen.Value == "" {
		step, status = stepWhat, http.StatusUnprocessableEntity
		view.fault(reader, "category", "missing")
	}
	view.Step = step
	return h.showForm(w, r, v, status, view)
}

// placeChoices returns the places with the URL of the next step.
func placeChoices(places []civic.FoundPlace, action string, q url.Values) []placeChoice {
	var out []placeChoice
	for _, place := range places {
		lon, lat := coordinate(place.Point.Lon()), coordinate(place.Point.Lat())
		next := serve.Pick(q, "category")
		next.Set("step", fmt.Sprint(stepWhat))
		next.Set("lon", lon)
		next.Set("lat", lat)
		out = append(out, placeChoice{Name: place.Name, Lon: lon, Lat: lat, URL: serve.WithQuery(action, next)})
	}
	return out
}

// submit adds the pin. When the input has faults, it shows the step of the
// first of them, with messages at the fields and everything that was entered.
func (h handlers) submit(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return fmt.Errorf("read the form: %w", err)
		}
		return &serve.Problem{Status: http.StatusBadRequest, Title: "Bad form", Detail: err.Error(), Cause: err}
	}
	form := r.PostForm
	reader := h.Pages.Reader(r, &v.District)
	view := h.newFormView(v, reader, form)
	faults := civic.Faults{}
	point, err := parsePoint(form)
	if err != nil {
		faults = append(faults, civic.Fault{Field: "place", Code: placeFault(&v.District, form)})
	}
	draft := civic.Draft{
		Category: form.Get("category"), Title: form.Get("title"), Body: form.Get("body"), Point: point, Email: form.Get("email"),
	}
	if len(faults) == 0 {
		added, err := h.add(r, v, draft)
		if err == nil {
			next := fmt.Sprintf("%s?step=%d", view.Action, stepThanks)
			if page := added.page(&v.District); page != "" {
				next = page + "?added=yes"
			}
			http.Redirect(w, r, next, http.StatusSeeOther) //nolint:gosec // next is a path of this site
			return nil
		}
		if errors.Is(err, civic.ErrUnavailable) {
			view.Step = stepWords
			view.fault(reader, "form", "unavailable")
			w.Header().Set("Retry-After", "5")
			return h.showForm(w, r, v, http.StatusServiceUnavailable, view)
		}
		if !errors.As(err, &faults) {
			return err
		}
	}
	view.Step = stepWords
	for _, fault := range faults {
		view.fault(reader, fault.Field, fault.Code)
		switch {
		case fault.Field == "place":
			view.Step = stepWhere
		case fault.Field == "category" && view.Step > stepWhat:
			view.Step = stepWhat
		}
	}
	return h.showForm(w, r, v, http.StatusUnprocessableEntity, view)
}

func (h handlers) showForm(w http.ResponseWriter, r *http.Request, v *index.Version, status int, view formView) error {
	back := url.Values{"step": {fmt.Sprint(max(stepWhere, view.Step-1))}, "lon": {view.Lon}, "lat": {view.Lat}, "category": {view.Chosen.Value}}
	view.BackURL = serve.WithQuery(view.Action, back)
	if view.Step == stepWhere {
		view.BackURL = "/d/" + v.District.Slug
	}
	p := h.Pages.Page(r, &v.District, view)
	p.Title = h.Pages.Reader(r, &v.District).Text("title.add", "name", p.Name)
	return h.Pages.Render(w, r, status, "pin_form", p)
}

// newFormView returns the form with what has been entered so far.
func (h handlers) newFormView(v *index.Version, reader *page.Reader, q url.Values) formView {
	d := &v.District
	view := formView{
		Config: h.Maps.Element(v, reader, nil), Action: "/d/" + d.Slug + "/add",
		Lon: strings.TrimSpace(q.Get("lon")), Lat: strings.TrimSpace(q.Get("lat")), Place: q.Get("place"),
		Title: q.Get("title"), Body: q.Get("body"), Email: q.Get("email"),
		Hints: map[string]string{}, Faults: map[string]string{},
	}
	view.setExample(d, reader)
	for _, k := range civic.Kinds() {
		view.Kinds = append(view.Kinds, page.Option{Value: k.String(), Label: reader.Text("kind." + k.String())})
	}
	view.Groups = reader.CategoryOptions(func(o *page.Option) {
		o.Chosen = o.Value == q.Get("category")
		if o.Chosen {
			view.Chosen = *o
		}
	})
	for _, c := range d.Categories {
		view.Hints[c.Slug] = reader.In(c.Hint)
		if c.Slug == view.Chosen.Value {
			view.Shown = c.Visibility.String()
		}
	}
	return view
}

// setExample sets the example of what to enter: the first area, or the district
// where there is none, and a point in its middle.
func (v *formView) setExample(d *civic.District, reader *page.Reader) {
	name, boundary := d.Name, d.Boundary
	if len(d.Areas) > 0 {
		name, boundary = d.Areas[0].Name, d.Areas[0].Boundary
	}
	middle := geo.Centre(boundary)
	v.ExampleName = reader.In(name)
	v.ExampleLat, v.ExampleLon = strconv.FormatFloat(middle.Lat(), 'f', 4, 64), strconv.FormatFloat(middle.Lon(), 'f', 4, 64)
}

// fault puts the message of a fault at its field.
func (v *formView) fault(reader *page.Reader, field, code string) {
	key := "fault." + field + "." + code
	text := reader.Text(key)
	if text == key {
		text = reader.Text("fault.other")
	}
	v.Faults[field] = text
}

// parsePoint parses lon and lat, with a decimal point or a decimal comma.
func parsePoint(q url.Values) (orb.Point, error) {
	var p orb.Point
	for i, name := range []string{"lon", "lat"} {
		v, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(q.Get(name)), ",", "."), 64)
		if err != nil {
			return p, fmt.Errorf("%s: %w", name, civic.ErrInvalid)
		}
		p[i] = v
	}
	if !geo.Valid(p) {
		return p, geo.ErrCoordinate
	}
	return p, nil
}

// placeFault returns the code of the fault of lon and lat, or "" if they are
// valid.
func placeFault(d *civic.District, q url.Values) string {
	if strings.TrimSpace(q.Get("lon")) == "" || strings.TrimSpace(q.Get("lat")) == "" {
		return "missing"
	}
	p, err := parsePoint(q)
	switch {
	case err != nil:
		return "malformed"
	case !geo.Contains(d.Boundary, p):
		return "outside"
	}
	return ""
}

// coordinate returns a coordinate with six decimals, which is 11 cm.
func coordinate(v float64) string { return strconv.FormatFloat(v, 'f', 6, 64) }
