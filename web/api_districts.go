package web

import (
	"net/http"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
)

// Media types of the API.
const (
	typeJSON    = "application/json"
	typeGeoJSON = "application/geo+json"
)

// link of an answer to a related one.
type link struct {
	Rel  string `json:"rel"`
	Href string `json:"href"`
	Type string `json:"type,omitempty"`
}

type districtJSON struct {
	Slug     string            `json:"slug"`
	Name     civic.Text        `json:"name"`
	Notice   civic.Text        `json:"notice,omitempty"`
	Box      [4]float64        `json:"bbox"`
	Pins     int               `json:"pins"`
	TimeZone string            `json:"time_zone,omitempty"`
	Boundary *geojson.Geometry `json:"boundary,omitempty"`
	Links    []link            `json:"links"`
}

func (s *Server) districtJSON(r *http.Request, v *index.Version) districtJSON {
	d := &v.District
	self := s.base(r) + "/api/v1/districts/" + d.Slug
	out := districtJSON{Slug: d.Slug, Name: d.Name, Box: corners(d.Boundary.Bound()), Pins: v.Len(), Links: []link{
		{Rel: "self", Href: self, Type: typeJSON},
		{Rel: "alternate", Href: s.base(r) + "/d/" + d.Slug, Type: "text/html"},
	}}
	for _, below := range []string{"areas", "categories", "pins", "hexes", "stats"} {
		out.Links = append(out.Links, link{Rel: below, Href: self + "/" + below})
	}
	for _, layer := range draw.Layers() {
		out.Links = append(out.Links, link{Rel: "tiles-" + layer, Href: s.base(r) + "/tiles/" + d.Slug + "/" + layer + ".json", Type: typeJSON})
	}
	return out
}

func (s *Server) listDistricts(w http.ResponseWriter, r *http.Request) error {
	list := []districtJSON{}
	for _, v := range s.cfg.Live.Districts() {
		list = append(list, s.districtJSON(r, v))
	}
	return s.respondJSON(w, r, typeJSON, cacheLive, map[string]any{"districts": list})
}

func (s *Server) getDistrict(w http.ResponseWriter, r *http.Request) error {
	v, err := s.district(r)
	if err != nil {
		return err
	}
	out := s.districtJSON(r, v)
	out.Notice, out.TimeZone = v.District.Notice, v.District.TimeZone
	out.Boundary = geojson.NewGeometry(v.District.Boundary)
	return s.respondJSON(w, r, typeJSON, cacheLive, out)
}

func (s *Server) listAreas(w http.ResponseWriter, r *http.Request) error {
	v, err := s.district(r)
	if err != nil {
		return err
	}
	out := geojson.NewFeatureCollection()
	for _, a := range v.District.Areas {
		f := geojson.NewFeature(a.Boundary)
		f.ID = a.Slug
		f.Properties = geojson.Properties{"slug": a.Slug, "name": v.District.Text(a.Name, ""), "names": a.Name, "approximate": a.Approximate, "version": a.Version}
		if a.Residents > 0 {
			f.Properties["residents"] = a.Residents
		}
		out.Append(f)
	}
	return s.respondJSON(w, r, typeGeoJSON, cacheLive, out)
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

func (s *Server) listCategories(w http.ResponseWriter, r *http.Request) error {
	v, err := s.district(r)
	if err != nil {
		return err
	}
	list := []categoryJSON{}
	for _, c := range v.District.Categories {
		list = append(list, categoryJSON{c.Slug, c.Kind, c.Visibility, c.Colour, c.Icon, c.Label, c.Hint})
	}
	return s.respondJSON(w, r, typeJSON, cacheLive, map[string]any{"categories": list})
}

func (s *Server) listPlaces(w http.ResponseWriter, r *http.Request) error {
	v, err := s.district(r)
	if err != nil {
		return err
	}
	limit, err := parseLimit(r.URL.Query(), 10, 50)
	if err != nil {
		return err
	}
	places, err := s.cfg.Record.Places(r.Context(), &v.District, r.URL.Query().Get("q"), limit)
	if err != nil {
		return err
	}
	out := geojson.NewFeatureCollection()
	for _, p := range places {
		f := geojson.NewFeature(p.Point)
		f.Properties = geojson.Properties{"name": p.Name}
		out.Append(f)
	}
	return s.respondJSON(w, r, typeGeoJSON, cacheNone, out)
}

// corners of a bound: west, south, east, north.
func corners(b orb.Bound) [4]float64 {
	return [4]float64{b.Min.Lon(), b.Min.Lat(), b.Max.Lon(), b.Max.Lat()}
}
