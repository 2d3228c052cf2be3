package pins

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/serve"
)

// The buttons of the form, which are the values of its field do.
const (
	doNext   = "next"   // to the next step; in the last one, to add the pin
	doBack   = "back"   // to the previous step
	doSearch = "search" // for a place
)

// formInput is what somebody has entered, and the button that was pressed. Every
// step has all of it in fields, most of them hidden, so that nothing is in an
// address or on the server before the last step.
type formInput struct {
	Step  int // that was submitted
	Do    string
	Key   civic.RequestKey // of the request that adds the pin
	Lon   string
	Lat   string
	Place string // words of the place search
	Kind  string

	Category, Title, Body, Email string

	SignedIn  bool // whether the form has said that the pin is of whoever has signed in
	Anonymous bool // whether it is to be of nobody all the same
}

// readForm returns the input of a form. It gives it a key if it has none, except
// in the last step: a form without a key is one that a program submits.
func readForm(r *http.Request) (formInput, error) {
	if err := serve.ReadForm(r); err != nil {
		return formInput{}, err
	}
	q := r.PostForm
	for name, values := range q {
		if len(values) > 1 {
			return formInput{}, serve.BadForm("the field "+strconv.Quote(name)+" is repeated", nil)
		}
	}
	in := formInput{
		Step: stepWords, Do: q.Get("do"), Lon: strings.TrimSpace(q.Get("lon")), Lat: strings.TrimSpace(q.Get("lat")), Place: strings.TrimSpace(q.Get("place")),
		Kind: q.Get("kind"), Category: q.Get("category"), Title: q.Get("title"), Body: q.Get("body"), Email: q.Get("email"),
		SignedIn: q.Get("signed_in") != "", Anonymous: q.Get("anonymous") != "",
	}
	in.choosePlace(q)
	var err error
	if step := q.Get("step"); step != "" {
		if in.Step, err = strconv.Atoi(step); err != nil || in.Step < stepWhere || in.Step > stepWords {
			return formInput{}, serve.BadForm("there is no such step", err)
		}
	}
	if !slices.Contains([]string{"", doNext, doBack, doSearch}, in.Do) {
		return formInput{}, serve.BadForm("there is no such button", nil)
	}
	switch key := q.Get("key"); {
	case key != "":
		if in.Key, err = civic.ParseRequestKey(key); err != nil {
			return formInput{}, serve.BadForm(err.Error(), err)
		}
	case in.Step < stepWords:
		in.Key = civic.NewRequestKey()
	}
	return in, nil
}

// choosePlace sets the place that was chosen of those found, whose button has
// the value of placeChoice.Value.
func (in *formInput) choosePlace(q url.Values) {
	point, name, _ := strings.Cut(q.Get("at"), " ")
	if lon, lat, ok := strings.Cut(point, ","); ok {
		in.Lon, in.Lat, in.Place, in.Do = lon, lat, name, doNext
	}
}

// point returns the chosen place, with a decimal point or a decimal comma in its
// coordinates.
func (in *formInput) point() (orb.Point, error) {
	var p orb.Point
	for i, text := range []string{in.Lon, in.Lat} {
		v, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", "."), 64)
		if err != nil {
			return p, fmt.Errorf("coordinate: %w", civic.ErrInvalid)
		}
		p[i] = v
	}
	if !geo.Valid(p) {
		return p, geo.ErrCoordinate
	}
	return p, nil
}

// draft returns the pin that the form describes. Its place is not a number if it
// is missing or malformed.
func (in *formInput) draft() civic.Draft {
	point, err := in.point()
	if err != nil {
		point = orb.Point{math.NaN(), math.NaN()}
	}
	return civic.Draft{Category: in.Category, Title: in.Title, Body: in.Body, Point: point, Email: in.Email}
}

// faultsBefore returns the faults of the input of the steps before one.
func (in *formInput) faultsBefore(step int, d *civic.District) civic.Faults {
	var faults civic.Faults
	if code := in.placeFault(d); code != "" && step > stepWhere {
		faults = append(faults, civic.Fault{Field: "place", Code: code})
	}
	if _, known := d.Category(in.Category); !known && step > stepWhat {
		faults = append(faults, civic.Fault{Field: "category", Code: in.categoryFault()})
	}
	return faults
}

// placeFault returns the code of the fault of the place, or "" if it is in the
// district.
func (in *formInput) placeFault(d *civic.District) string {
	if in.Lon == "" || in.Lat == "" {
		return "missing"
	}
	p, err := in.point()
	switch {
	case err != nil:
		return "malformed"
	case !geo.Contains(d.Boundary, p):
		return "outside"
	}
	return ""
}

// categoryFault returns the code of the fault of a category that the district
// does not have. Without a kind, a browser with script shows no categories.
func (in *formInput) categoryFault() string {
	switch {
	case in.Category != "":
		return "unknown"
	case in.Kind == "":
		return "kind_missing"
	}
	return "missing"
}

// stepOf returns the step with a field.
func stepOf(field string) int {
	switch field {
	case "place":
		return stepWhere
	case "category":
		return stepWhat
	}
	return stepWords
}
