package council

import (
	"errors"
	"html/template"
	"net/http"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/charts"
	"github.com/pinezka/pinezka/web/markdown"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/things"
)

// representsView is the data of the template represents_page.html: the answer for a
// place, and the form that chooses one.
type representsView struct {
	Back   string
	Answer *answerView
	Beyond *beyondView // for a place outside the district

	Action   string
	Config   string // of the map element
	Lon, Lat string
	Words    string // of the place search
	Searched bool
	Places   []placeChoice
	Fault    string // of the form: place, or "" for none
}

// answerView is what is known of a place.
type answerView struct {
	Sentence string
	Ward     *wardLink
	Outline  charts.Outline // where there is a ward
	Missing  bool           // whether councillors, offices and resolutions cannot be shown now

	Councillors []councillorView
	Offices     []officeView
	OfficesURL  string // of the list of all

	Resolutions    []resolutionView
	ResolutionsURL string // of the list of those of the area, or of all

	May   *mayView
	Pages []link
	Add   string // path of the form that adds a pin there
}

// beyondView says what to do about a place outside the district.
type beyondView struct {
	District *link // another one of the installation, with the page about the place; nil for none
}

// officeView is an office with its distance.
type officeView struct {
	things.Item
	Distance string
}

// mayView is the first page about the council: what it may do.
type mayView struct {
	Title text
	HTML  template.HTML
	Lang  string // of the text, if it is not that of the page
}

// placeChoice is a place that was found, with the value of its button.
type placeChoice struct {
	Name, Value string
	Outside     bool
}

// represents shows who represents a place, or the form that chooses one.
func (h handlers) represents(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	p, given, err := parsePoint(r.URL.Query())
	if err != nil {
		return err
	}
	if !given {
		return h.showRepresents(w, r, v, http.StatusOK, representsView{})
	}
	d := &v.District
	reader := h.Pages.Reader(r, d)
	view := representsView{Lon: strconv.FormatFloat(p.Lon(), 'f', 5, 64), Lat: strconv.FormatFloat(p.Lat(), 'f', 5, 64)}
	at, err := h.representedAt(r, d, p)
	if errors.Is(err, civic.ErrNotFound) {
		view.Beyond = &beyondView{}
		if other := h.districtAt(p); other != nil {
			view.Beyond.District = &link{text{Text: other.Text(other.Name, reader.Lang)}, pathOf(other, p)}
		}
		return h.showRepresents(w, r, v, http.StatusOK, view)
	}
	if err != nil {
		return err
	}
	if view.Answer, err = h.answer(r, d, reader, at); err != nil {
		return err
	}
	return h.showRepresents(w, r, v, http.StatusOK, view)
}

// answer returns what the page says about a place. Without the database, it says
// only in which ward and area the place is.
func (h handlers) answer(r *http.Request, d *civic.District, reader *page.Reader, at represented) (*answerView, error) {
	out := &answerView{
		Sentence: sentence(d, reader, at), Missing: at.missing != nil, OfficesURL: officeKind.Path(d, 0), ResolutionsURL: resolutionKind.Path(d, 0),
		Councillors: councillorsOf(d, reader, at.councillors),
		Add:         "/d/" + d.Slug + "/add#at=" + strconv.FormatFloat(at.point.Lon(), 'f', 6, 64) + "," + strconv.FormatFloat(at.point.Lat(), 'f', 6, 64),
	}
	if at.ward != nil {
		out.Ward = &wardLink{link{textIn(reader, at.ward.Name), wardPath(d, at.ward.Slug)}, at.ward.Number}
		out.Outline = h.outline(d, reader, *at.ward, &at.point)
	}
	for _, o := range at.offices {
		out.Offices = append(out.Offices, officeView{officeKind.Item(d, reader, o.Described), distance(reader, o.metres)})
	}
	if at.area != nil {
		out.ResolutionsURL += "?area=" + at.area.Slug
	}
	for _, l := range at.resolutions {
		out.Resolutions = append(out.Resolutions, resolution(d, reader, l))
	}
	pages, err := h.Store.CouncilPages(r.Context(), d)
	if errors.Is(err, civic.ErrUnavailable) {
		return out, nil
	}
	if err != nil || len(pages) == 0 {
		return out, err
	}
	body := textIn(reader, pages[0].Body)
	out.May = &mayView{textIn(reader, pages[0].Title), markdown.HTML(body.Text, 3), body.Lang}
	out.Pages = pageLinks(d, reader, pages[1:])
	return out, nil
}

// sentence returns in which ward, area and district a place is.
func sentence(d *civic.District, reader *page.Reader, at represented) string {
	names := []any{"district", d.Text(d.Name, reader.Lang)}
	key := "represents.in"
	if at.ward != nil {
		key += "_ward"
		names = append(names, "ward", reader.In(at.ward.Name))
	}
	if at.area != nil {
		key += "_area"
		names = append(names, "area", reader.In(at.area.Name))
	}
	return reader.Text(key, names...)
}

// distance returns a distance in words, such as "650 m away" or "1.2 km away".
func distance(reader *page.Reader, metres int) string {
	if metres < 1000 {
		return reader.Text("represents.metres", "metres", reader.Number((metres+5)/10*10))
	}
	return reader.Text("represents.kilometres", "kilometres", reader.Decimal(float64(metres)/1000, 1))
}

// showRepresents shows the page. It is kept by no cache, and no request states its
// address, since the place may be somebody's home.
func (h handlers) showRepresents(w http.ResponseWriter, r *http.Request, v *index.Version, status int, view representsView) error {
	d := &v.District
	reader := h.Pages.Reader(r, d)
	view.Back, view.Action, view.Config = "/d/"+d.Slug, "/d/"+d.Slug+"/represents", h.Maps.Element(v, reader, nil)
	p := h.Pages.Page(r, d, view)
	p.Title, p.Form = reader.Text("represents.title", "district", p.Name), true
	return h.Pages.Render(w, r, status, "represents_page", p)
}
