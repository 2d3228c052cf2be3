package maps

import (
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
)

// element is the configuration of the map element, in its attribute data-config.
// web/ui/src/map/config.ts declares the same.
type element struct {
	District string                   `json:"district"`
	Bounds   [4]float64               `json:"bounds"`         // of the district
	Tiles    map[string]string        `json:"tiles"`          // URL templates by layer, without query
	Areas    string                   `json:"areas"`          // URL of the areas as GeoJSON
	Pin      string                   `json:"pin"`            // URL of the page of a pin, with {id}
	PinAPI   string                   `json:"pinAPI"`         // URL of a pin as GeoJSON, with {id}
	Places   string                   `json:"places"`         // URL of the place search
	Changes  string                   `json:"changes"`        // URL of the stream of changes since this page was rendered
	Things   map[string]elementThings `json:"things"`         // layers of things other than pins
	Language string                   `json:"language"`       // the default one of the district
	StyleURL string                   `json:"styleURL"`       // of a MapLibre style instead of a basemap; "" for none
	Basemap  *elementBasemap          `json:"basemap"`        // null for none
	Labels   map[string]category      `json:"labels"`         // by slug of the category
	Area     *chosenArea              `json:"area,omitempty"` // the chosen area, if there is exactly one
}

type chosenArea struct {
	Slug   string     `json:"slug"`
	Bounds [4]float64 `json:"bounds"` // as those of the district
}

type category struct {
	Label  string `json:"label"`
	Lang   string `json:"lang,omitempty"` // of the label, if it is not that of the page
	Colour string `json:"colour"`
	Kind   string `json:"kind"`
	Icon   string `json:"icon"` // in the sprite of the page; "" for none
}

// Element returns the configuration of the map element as JSON. areas are the
// slugs of the areas that the filter of the page has.
func (m *Maps) Element(v *index.Version, reader *page.Reader, areas []string) string {
	d := &v.District
	api := "/api/v1/districts/" + d.Slug
	e := element{
		District: d.Slug, Bounds: bounds(d.Boundary), Tiles: map[string]string{}, Labels: map[string]category{}, Things: m.elementThings(d, reader), Language: d.Languages[0],
		Areas: api + "/areas", PinAPI: api + "/pins/{id}", Places: api + "/places", Changes: api + "/changes?since=" + m.eventID(v),
		Pin: "/d/" + d.Slug + "/pins/{id}", StyleURL: m.styleURL, Basemap: m.elementBasemap(),
	}
	for _, layer := range draw.Layers() {
		e.Tiles[layer] = "/tiles/" + d.Slug + "/" + layer + "/{z}/{x}/{y}.mvt"
	}
	for _, c := range d.Categories {
		e.Labels[c.Slug] = category{reader.In(c.Label), reader.OtherLanguage(c.Label), c.Colour, c.Kind.String(), c.Icon}
	}
	if len(areas) == 1 {
		if a, ok := d.Area(areas[0]); ok {
			e.Area = &chosenArea{a.Slug, bounds(a.Boundary)}
		}
	}
	return page.JSON(e)
}

// bounds returns the west, south, east and north of a boundary; the east is
// beyond 180 across the antimeridian.
func bounds(boundary orb.MultiPolygon) [4]float64 {
	b := geo.BoxOf(boundary).Unwrapped()
	return [4]float64{b.Min.Lon(), b.Min.Lat(), b.Max.Lon(), b.Max.Lat()}
}
