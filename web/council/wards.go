package council

import (
	"fmt"
	"net/http"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/charts"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

func wardPath(d *civic.District, slug string) string { return "/d/" + d.Slug + "/wards/" + slug }

// wardLinks returns links to the wards of today.
func (h handlers) wardLinks(d *civic.District, reader *page.Reader) (links []wardLink) {
	for _, w := range d.WardsOn(h.Today(d)) {
		links = append(links, wardLink{link{textIn(reader, w.Name), wardPath(d, w.Slug)}, w.Number})
	}
	return links
}

// outline returns a map of the wards of today with one of them marked, and a place,
// if there is one.
func (h handlers) outline(d *civic.District, reader *page.Reader, marked civic.Ward, at *orb.Point) charts.Outline {
	name := reader.In(marked.Name)
	out := charts.Outline{Head: charts.Head{ID: "wards", Title: reader.Text("ward.outline", "name", name), Description: reader.Text("ward.outline_text", "name", name)}, Point: at}
	for _, w := range d.WardsOn(h.Today(d)) {
		out.Areas = append(out.Areas, charts.OutlineArea{Boundary: w.Boundary, Label: w.Number, Marked: w.Slug == marked.Slug})
	}
	return out
}

// wardView is the data of the template ward_page.html.
type wardView struct {
	Back        string
	Name        text
	Number      string
	From        civic.Day
	Outline     charts.Outline
	Councillors []councillorView
	New         string        // path of the form for another one; "" for those who may not add any
	Offices     []things.Item // in the ward
	Others      []wardLink
}

// wardPage shows a ward as it is today.
func (h handlers) wardPage(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	ward, ok := d.WardOn(r.PathValue("ward"), h.Today(d))
	if !ok {
		return fmt.Errorf("ward %q of %s: %w", r.PathValue("ward"), d.Slug, civic.ErrNotFound)
	}
	offices, err := h.offices(r, d)
	if err != nil {
		return err
	}
	councillors, err := h.Store.Councillors(r.Context(), d, civic.CouncillorQuery{Day: h.Today(d), Ward: ward.Slug})
	if err != nil {
		return err
	}
	reader := h.Pages.Reader(r, d)
	view := wardView{Back: "/d/" + d.Slug + "/council", Name: textIn(reader, ward.Name), Number: ward.Number, From: ward.From, Outline: h.outline(d, reader, ward, nil), Councillors: councillorsOf(d, reader, councillors)}
	if h.may(r, d, civic.Submit, civic.CouncillorThing) {
		view.New = councillorKind.Path(d, 0) + "/new?ward=" + ward.Slug
	}
	for _, o := range offices {
		if r, _ := o.Content.(civic.Record); r.Point != nil && geo.Contains(ward.Boundary, *r.Point) {
			view.Offices = append(view.Offices, officeKind.Item(d, reader, o))
		}
	}
	for _, l := range h.wardLinks(d, reader) {
		if l.URL != wardPath(d, ward.Slug) {
			view.Others = append(view.Others, l)
		}
	}
	p := h.Pages.Page(r, d, view)
	p.Title = reader.Text("council.page_title", "title", view.Name.Text, "district", p.Name)
	return h.Pages.Render(w, r, http.StatusOK, "ward_page", p)
}

// wardsAPI sends the wards of today as GeoJSON.
func (h handlers) wardsAPI(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	out := geojson.NewFeatureCollection()
	for _, ward := range d.WardsOn(h.Today(d)) {
		f := geojson.NewFeature(ward.Boundary)
		f.ID = ward.Slug
		box := geo.BoxOf(ward.Boundary).Corners()
		f.BBox = box[:]
		f.Properties = geojson.Properties{
			"slug": ward.Slug, "number": ward.Number, "name": d.Text(ward.Name, ""), "names": ward.Name, "version": ward.Version, "valid_from": ward.From.String(),
		}
		if ward.Until != 0 {
			f.Properties["valid_until"] = ward.Until.String()
		}
		out.Append(f)
	}
	return h.SendJSON(w, r, serve.TypeGeoJSON, serve.NoCache, out)
}
