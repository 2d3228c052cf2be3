package measures

import (
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// mostListed is how many things a list shows. The sum above it is of all.
const mostListed = 1000

// listView is the data of the template measured.html.
type listView struct {
	Back, Label, What string
	Where, WhereLang  string // name of the area; "" for everywhere
	Period            string
	Total             int
	Rows              []listRow
	Most              bool // whether there are more
}

// listRow is a thing that counts for a measure.
type listRow struct {
	Day            civic.Day
	Title, Kind    string // "" of what is not public
	URL            string
	Area, AreaLang string
	Count          int
}

// listPage lists what counts for a measure.
func (h handlers) listPage(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d, q := &v.District, r.URL.Query()
	m, err := civic.ParseMeasure(r.PathValue("measure"))
	if err != nil {
		return err
	}
	s, err := parse(q, h.Today(d).Month()-1)
	if err != nil {
		return err
	}
	b := h.viewOf(r, &report{span: s, district: d})
	if m == civic.MeasurePins || !m.IsAdditive() { // the list of pins is that of the map
		http.Redirect(w, r, b.path(""), http.StatusSeeOther) //nolint:gosec // a path of this site
		return nil
	}
	asked := civic.MeasureQuery{Measure: m, First: s.first, Last: s.last, Everywhere: true, Limit: mostListed}
	view := listView{Back: b.path("") + "#" + string(m), Label: b.label(m), What: b.Text("measures.what." + string(m)), Period: b.period(s)}
	switch slug := q.Get("area"); {
	case slug == outsideAreas:
		asked.Everywhere, view.Where = false, b.Text("measures.outside")
	case slug != "":
		a, ok := d.Area(slug)
		if !ok {
			return serve.BadParameter("area", `must be the slug of an area, or "none" for what is outside all of them`)
		}
		asked.Everywhere, asked.AreaID, view.Where, view.WhereLang = false, a.ID, b.In(a.Name), b.OtherLanguage(a.Name)
	}
	found, total, err := h.Store.MeasuredThings(r.Context(), d, asked)
	if err != nil {
		return err
	}
	view.Total, view.Most = total, len(found) == mostListed
	for _, t := range found {
		row := listRow{Day: t.Day, Title: t.Title, Count: t.Count}
		if t.Kind != 0 {
			row.URL = things.Path(d, t.Kind, t.ThingID)
		}
		if t.Kind != 0 && t.Kind != civic.PinThing {
			row.Kind = b.Text(t.Kind.Plural() + ".one")
		}
		if a, ok := d.AreaByID(t.AreaID); ok {
			row.Area, row.AreaLang = b.In(a.Name), b.OtherLanguage(a.Name)
		}
		view.Rows = append(view.Rows, row)
	}
	p := h.Pages.Page(r, d, view)
	p.Title = b.Text("measures.list.title", "measure", view.Label, "district", p.Name)
	return h.Pages.Render(w, r, http.StatusOK, "measured", p)
}
