package web

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
)

// Steps of the form that adds a pin.
const (
	stepWhere = iota + 1
	stepWhat
	stepWords
	stepThanks
)

const maxPlaces = 8 // found places to choose from

// addPage shows the step asked for, or the first one that lacks something.
func (s *Server) addPage(w http.ResponseWriter, r *http.Request) error {
	v, err := s.district(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	step, err := strconv.Atoi(q.Get("step"))
	if err != nil || step < stepWhere || step > stepThanks {
		step = stepWhere
	}
	view := s.addView(v, s.language(r), q)
	if step == stepThanks {
		view.Step = stepThanks
		return s.showAdd(w, r, v, http.StatusOK, view)
	}
	if typed := strings.TrimSpace(q.Get("place")); typed != "" && step == stepWhere {
		found, err := s.cfg.Record.Places(r.Context(), &v.District, typed, maxPlaces)
		if err != nil {
			return err
		}
		view.Asked = true
		for _, place := range found {
			lon, lat := coordinate(place.Point.Lon()), coordinate(place.Point.Lat())
			next := keep(q, "category")
			next.Set("step", fmt.Sprint(stepWhat))
			next.Set("lon", lon)
			next.Set("lat", lat)
			view.Places = append(view.Places, placeChoice{Name: place.Name, Lon: lon, Lat: lat, URL: withQuery(view.Action, next)})
		}
	}
	status := http.StatusOK
	if step > stepWhere {
		if fault := placeFault(&v.District, q); fault != "" {
			step, status = stepWhere, http.StatusUnprocessableEntity
			s.fault(r, &view, "place", fault)
		}
	}
	if step > stepWhat && view.Chosen.Value == "" {
		step, status = stepWhat, http.StatusUnprocessableEntity
		s.fault(r, &view, "category", "missing")
	}
	view.Step = step
	return s.showAdd(w, r, v, status, view)
}

// addSubmit keeps the pin. What is wrong is shown at its field, on its step,
// with everything that was typed.
func (s *Server) addSubmit(w http.ResponseWriter, r *http.Request) error {
	v, err := s.district(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return err
		}
		return &problem{Status: http.StatusBadRequest, Title: "Bad form", Detail: err.Error(), cause: err}
	}
	form := r.PostForm
	view := s.addView(v, s.language(r), form)
	faults := civic.Faults{}
	point, err := parsePlace(form)
	if err != nil {
		faults = append(faults, civic.Fault{Field: "place", Code: placeFault(&v.District, form)})
	}
	draft := civic.Draft{
		Category: form.Get("category"), Title: form.Get("title"), Body: form.Get("body"), Point: point, Email: form.Get("email"),
	}
	if len(faults) == 0 {
		id, publication, err := s.add(r, v, draft)
		if err == nil {
			next := fmt.Sprintf("/d/%s/pins/%d?added", v.District.Slug, id)
			if publication != civic.Published {
				next = fmt.Sprintf("%s?step=%d", view.Action, stepThanks)
			}
			http.Redirect(w, r, next, http.StatusSeeOther)
			return nil
		}
		if errors.Is(err, civic.ErrUnavailable) {
			view.Step = stepWords
			s.fault(r, &view, "form", "away")
			w.Header().Set("Retry-After", "5")
			return s.showAdd(w, r, v, http.StatusServiceUnavailable, view)
		}
		if !errors.As(err, &faults) {
			return err
		}
	}
	view.Step = stepWords
	for _, fault := range faults {
		s.fault(r, &view, fault.Field, fault.Code)
		switch {
		case fault.Field == "place":
			view.Step = stepWhere
		case fault.Field == "category" && view.Step > stepWhat:
			view.Step = stepWhat
		}
	}
	return s.showAdd(w, r, v, http.StatusUnprocessableEntity, view)
}

func (s *Server) showAdd(w http.ResponseWriter, r *http.Request, v *index.Version, status int, view addView) error {
	p, m := s.page(r, &v.District, nil)
	back := url.Values{"step": {fmt.Sprint(max(stepWhere, view.Step-1))}, "lon": {view.Lon}, "lat": {view.Lat}, "category": {view.Chosen.Value}}
	view.BackURL = withQuery(view.Action, back)
	if view.Step == stepWhere {
		view.BackURL = "/d/" + v.District.Slug
	}
	p.View, p.Title = view, m.text("title.add", "name", p.Name)
	return s.render(w, r, status, "add", p)
}

// addView with what is known so far.
func (s *Server) addView(v *index.Version, lang string, q url.Values) addView {
	d, m := &v.District, s.messages[lang]
	action := "/d/" + d.Slug + "/add"
	view := addView{
		Slug: d.Slug, Config: asJSON(s.mapConfig(v, lang, nil)), Action: action, Submit: action,
		Lon: strings.TrimSpace(q.Get("lon")), Lat: strings.TrimSpace(q.Get("lat")), Place: q.Get("place"),
		Title: q.Get("title"), Body: q.Get("body"), Email: q.Get("email"),
		Hints: map[string]string{}, Faults: map[string]string{},
	}
	for _, k := range civic.Kinds() {
		view.Kinds = append(view.Kinds, option{Value: k.String(), Label: m.text("kind." + k.String()), Kind: k.String(), Count: -1})
	}
	view.Groups = categoryGroups(d, m, lang, func(o *option) {
		o.Chosen = o.Value == q.Get("category")
		if o.Chosen {
			view.Chosen = *o
		}
	})
	for _, c := range d.Categories {
		view.Hints[c.Slug] = c.Hint.In(lang, languages()...)
	}
	return view
}

// fault puts a message at a field.
func (s *Server) fault(r *http.Request, view *addView, field, code string) {
	m := s.messages[s.language(r)]
	key := "fault." + field + "." + code
	text := m.text(key)
	if text == key {
		text = m.text("fault.other")
	}
	view.Faults[field] = text
}

// parsePlace reads lon and lat; a decimal comma will do.
func parsePlace(q url.Values) (orb.Point, error) {
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

// placeFault is the code of what is wrong with lon and lat, "" if nothing is.
func placeFault(d *civic.District, q url.Values) string {
	if strings.TrimSpace(q.Get("lon")) == "" || strings.TrimSpace(q.Get("lat")) == "" {
		return "missing"
	}
	p, err := parsePlace(q)
	switch {
	case err != nil:
		return "malformed"
	case !geo.Contains(d.Boundary, p):
		return "outside"
	}
	return ""
}

// coordinate as people copy it: six decimals, 11 cm.
func coordinate(v float64) string { return strconv.FormatFloat(v, 'f', 6, 64) }
