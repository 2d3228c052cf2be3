package maps

import (
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
)

// element is the configuration of the map element, in its attribute data-config.
// web/ui/src/map/config.ts declares the same.
type element struct {
	District string              `json:"district"`
	Bounds   [4]float64          `json:"bounds"`   // of the district: west, south, east, north; east is beyond 180 across the antimeridian
	Tiles    map[string]string   `json:"tiles"`    // URL templates by layer, without query
	Areas    string              `json:"areas"`    // URL of the areas as GeoJSON
	Pin      string              `json:"pin"`      // URL of the page of a pin, with {id}
	PinAPI   string              `json:"pinAPI"`   // URL of a pin as GeoJSON, with {id}
	Places   string              `json:"places"`   // URL of the place search
	Changes  string              `json:"changes"`  // URL of the stream of changes since this page was rendered
	StyleURL string              `json:"styleURL"` // of a MapLibre style instead of a basemap; "" for none
	Basemap  *elementBasemap     `json:"basemap"`  // null for none
	Labels   map[string]category `json:"labels"`   // by slug of the category
	Area     string              `json:"area"`     // slug of the chosen area, if there is exactly one
}

type category struct {
	Label  string `json:"label"`
	Colour string `json:"colour"`
	Kind   string `json:"kind"`
}

// Element returns the configuration of the map element as JSON. areas are the
// slugs of the areas that the filter of the page has.
func (m *Maps) Element(v *index.Version, reader *page.Reader, areas []string) string {
	d := &v.District
	api := "/api/v1/districts/" + d.Slug
	bound := geo.BoxOf(d.Boundary).Unwrapped()
	e := element{
		District: d.Slug, Bounds: [4]float64{bound.Min.Lon(), bound.Min.Lat(), bound.Max.Lon(), bound.Max.Lat()}, Tiles: map[string]string{}, Labels: map[string]category{},
		Areas: api + "/areas", PinAPI: api + "/pins/{id}", Places: api + "/places", Changes: api + "/changes?since=" + m.eventID(v),
		Pin: "/d/" + d.Slug + "/pins/{id}", StyleURL: m.styleURL, Basemap: m.elementBasemap(),
	}
	for _, layer := range draw.Layers() {
		e.Tiles[layer] = "/tiles/" + d.Slug + "/" + layer + "/{z}/{x}/{y}.mvt"
	}
	for _, c := range d.Categories {
		e.Labels[c.Slug] = category{reader.In(c.Label), c.Colour, c.Kind.String()}
	}
	if len(areas) == 1 {
		e.Area = areas[0]
	}
	return page.JSON(e)
}
