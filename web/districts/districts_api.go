// Package districts serves the districts of the installation, their areas and
// their categories through the API.
package districts

import (
	"embed"
	"net/http"

	"github.com/paulmach/orb/geojson"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/serve"
)

// Files contains the part of the contract.
//
//go:embed openapi.yaml
var Files embed.FS

type handlers struct{ *serve.Service }

// Routes returns the routes of districts.
func Routes(service *serve.Service) []serve.Route {
	const d = "/api/v1/districts/{district}"
	h := handlers{service}
	return []serve.Route{
		serve.API("GET", "/api/v1/districts", serve.Public, serve.Read, h.list),
		serve.API("GET", d, serve.Public, serve.Read, h.get),
		serve.API("GET", d+"/areas", serve.Public, serve.Read, h.areas),
		serve.API("GET", d+"/categories", serve.Public, serve.Read, h.categories),
	}
}

type districtJSON struct {
	Slug      string            `json:"slug"`
	Name      civic.Text        `json:"name"`
	Languages []string          `json:"languages"`
	Notice    civic.Text        `json:"notice,omitempty"`
	Box       [4]float64        `json:"bbox"`
	Pins      int               `json:"pins"`
	TimeZone  string            `json:"time_zone,omitempty"`
	Boundary  *geojson.Geometry `json:"boundary,omitempty"`
	Links     []serve.Link      `json:"links"`
}

func newDistrict(v *index.Version) districtJSON {
	d := &v.District
	self := "/api/v1/districts/" + d.Slug
	out := districtJSON{Slug: d.Slug, Name: d.Name, Languages: d.Languages, Box: geo.BoxOf(d.Boundary).Corners(), Pins: v.Len(), Links: []serve.Link{
		{Rel: "self", Href: self, Type: serve.TypeJSON},
		{Rel: "alternate", Href: "/d/" + d.Slug, Type: "text/html"},
	}}
	for _, below := range []string{"areas", "categories", "pins", "hexes", "stats"} {
		out.Links = append(out.Links, serve.Link{Rel: below, Href: self + "/" + below})
	}
	for _, layer := range draw.Layers() {
		out.Links = append(out.Links, serve.Link{Rel: "tiles-" + layer, Href: "/tiles/" + d.Slug + "/" + layer + ".json", Type: serve.TypeJSON})
	}
	return out
}

func (h handlers) list(w http.ResponseWriter, r *http.Request) error {
	list := []districtJSON{}
	for _, v := range h.Live.Districts() {
		list = append(list, newDistrict(v))
	}
	return h.SendJSON(w, r, serve.TypeJSON, serve.NoCache, map[string]any{"districts": list})
}

func (h handlers) get(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	out := newDistrict(v)
	out.Notice, out.TimeZone = v.District.Notice, v.District.TimeZone
	out.Boundary = geojson.NewGeometry(v.District.Boundary)
	return h.SendJSON(w, r, serve.TypeJSON, serve.NoCache, out)
}

func (h handlers) areas(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	out := geojson.NewFeatureCollection()
	for _, a := range v.District.Areas {
		f := geojson.NewFeature(a.Boundary)
		f.ID = a.Slug
		box := geo.BoxOf(a.Boundary).Corners()
		f.BBox = box[:]
		f.Properties = geojson.Properties{"slug": a.Slug, "name": v.District.Text(a.Name, ""), "names": a.Name, "approximate": a.Approximate, "version": a.Version}
		if a.Residents > 0 {
			f.Properties["residents"] = a.Residents
		}
		out.Append(f)
	}
	return h.SendJSON(w, r, serve.TypeGeoJSON, serve.NoCache, out)
}

type categoryJSON struct {
	Slug       string           `json:"slug"`
	Kind       civic.Kind       `json:"kind"`
	Visibility civic.Visibility `json:"visibility"`
	Colour     string           `json:"colour"`
	Icon       string           `json:"icon,omitempty"`
	Label      civic.Text       `json:"label"`
	Hint       civic.Text       `json:"hint,omitempty"`
}

func (h handlers) categories(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	list := []categoryJSON{}
	for _, c := range v.District.Categories {
		list = append(list, categoryJSON{c.Slug, c.Kind, c.Visibility, c.Colour, c.Icon, c.Label, c.Hint})
	}
	return h.SendJSON(w, r, serve.TypeJSON, serve.NoCache, map[string]any{"categories": list})
}
