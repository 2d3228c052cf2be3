package pins

import (
	"fmt"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
)

// formView is the data of the template pin_form.html. Every step repeats the
// input of the other steps in hidden fields.
type formView struct {
	formInput

	New     bool   // whether nobody has entered anything yet
	Slug    string // of the district
	Config  string // of the map element
	Action  string
	Home    string // path of the map
	Places  []placeChoice
	Found   bool // whether a place was searched for
	Kinds   []page.Option
	Groups  []page.OptionGroup // categories by kind
	Hints   map[string]text    // by slug of the category
	Chosen  page.Option        // the chosen category
	Area    text               // the name of the area with the chosen place; "" for none
	Shown   string             // how its pins are shown, as civic.Visibility names it
	Faults  page.Faults        // in the order of the form
	Message map[string]string  // of the fault of a field: place, category, title, body, email, form

	AlreadySent bool   // whether the same form has been sent with other input
	First       string // path of the pin that was added then; "" for none

	Reporter string // address of whoever has signed in; "" for none, and where it is unknown

	MapLon, MapLat string // the chosen place on the map; "" for none

	ExampleName, ExampleLat, ExampleLon string // of what to enter: the first area and its middle
	MaxTitle, MaxBody                   int
}

// text is a text of the district, with its language if it is not that of the
// page.
type text struct{ Text, Lang string }

func textOf(reader *page.Reader, t civic.Text) text {
	return text{reader.In(t), reader.OtherLanguage(t)}
}

// placeChoice is a place that was found, with the value of the button that
// chooses it.
type placeChoice struct {
	Name, Value string
	Outside     bool // the district, where the next step refuses it
}

func placeChoices(places []civic.FoundPlace) (out []placeChoice) {
	for _, p := range places {
		out = append(out, placeChoice{p.Name, coordinate(p.Point.Lon()) + "," + coordinate(p.Point.Lat()) + " " + p.Name, p.Outside})
	}
	return out
}

// newFormView returns the form with what has been entered so far.
func (h handlers) newFormView(v *index.Version, reader *page.Reader, in formInput) formView {
	d := &v.District
	view := formView{
		formInput: in, Slug: d.Slug, Config: h.Maps.Element(v, reader, nil), Action: "/d/" + d.Slug + "/add", Home: "/d/" + d.Slug,
		Hints: map[string]text{}, Message: map[string]string{}, MaxTitle: civic.MaxTitle, MaxBody: civic.MaxBody,
	}
	view.setExample(d, reader)
	view.setPlace(d, reader)
	for _, k := range civic.Kinds() {
		view.Kinds = append(view.Kinds, page.Option{Value: k.String(), Label: reader.Text("kind." + k.String())})
	}
	view.Groups = reader.CategoryOptions(func(o *page.Option) {
		o.Chosen = o.Value == in.Category
		if o.Chosen {
			view.Chosen, view.Kind = *o, o.Kind
		}
	})
	for _, c := range d.Categories {
		view.Hints[c.Slug] = textOf(reader, c.Hint)
		if c.Slug == in.Category {
			view.Shown = c.Visibility.String()
		}
	}
	return view
}

// setPlace sets how the last step shows the chosen place.
func (v *formView) setPlace(d *civic.District, reader *page.Reader) {
	p, err := v.point()
	if err != nil {
		return
	}
	v.MapLon, v.MapLat = coordinate(p.Lon()), coordinate(p.Lat())
	for _, a := range d.Areas {
		if geo.Contains(a.Boundary, p) {
			v.Area = textOf(reader, a.Name)
			return
		}
	}
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
	v.Faults = append(v.Faults, page.Fault{Field: field, Text: text})
	v.Message[field] = text
}

// title returns the title of the page, which names the step and the first fault.
func (v *formView) title(reader *page.Reader, district string) string {
	if v.Step == stepThanks {
		return reader.Text("title.added", "name", district)
	}
	title := reader.Text("title.add", "step", v.Step, "label", reader.Text(fmt.Sprintf("add.step%d", v.Step)), "name", district)
	if len(v.Faults) > 0 {
		title = reader.Text("title.add_fault", "fault", v.Faults[0].Text, "title", title)
	}
	return title
}

// coordinate returns a coordinate with six decimals, which is 11 cm.
func coordinate(v float64) string { return strconv.FormatFloat(v, 'f', 6, 64) }
