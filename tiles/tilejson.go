package tiles

import (
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
)

// TileJSON describes the tiles of a layer (TileJSON 3.0.0,
// https://github.com/mapbox/tilejson-spec).
type TileJSON struct {
	TileJSON     string        `json:"tilejson"`
	Name         string        `json:"name"`
	Description  string        `json:"description,omitempty"`
	Attribution  string        `json:"attribution,omitempty"`
	Scheme       string        `json:"scheme"`
	Tiles        []string      `json:"tiles"`
	MinZoom      int           `json:"minzoom"`
	MaxZoom      int           `json:"maxzoom"`
	Bounds       [4]float64    `json:"bounds"`
	Center       [3]float64    `json:"center"`
	VectorLayers []VectorLayer `json:"vector_layers"`
}

// VectorLayer describes the features of a layer.
type VectorLayer struct {
	ID          string            `json:"id"`
	Description string            `json:"description,omitempty"`
	MinZoom     int               `json:"minzoom"`
	MaxZoom     int               `json:"maxzoom"`
	Fields      map[string]string `json:"fields"`
}

// layerFields returns the attributes of the features of each layer.
func layerFields() map[string]map[string]string {
	return map[string]map[string]string{
		draw.LayerPins: {"kind": "String: need, potential or organisation", "category": "String: slug", "status": "String", "n": "Number of pins that this one represents"},
		draw.LayerHexes: {
			"h3": "String: H3 index of the cell", "need": "Number of needs", "potential": "Number of potentials",
			"organisation": "Number of organisations", "total": "Number of pins",
		},
		draw.LayerAreas: {"slug": "String", "name": "String"},
	}
}

// polygonZoom is the highest zoom of layers of polygons. Beyond it, a map
// overzooms their tiles.
const polygonZoom = 14

// NewTileJSON returns the description of a layer of d whose tiles have URLs of
// the template, and false for a layer that does not exist. Hexes have the
// resolution r, or the resolution that suits each zoom if r is 0.
func NewTileJSON(d *civic.District, layer, template string, r geo.Resolution) (TileJSON, bool) {
	fields, ok := layerFields()[layer]
	if !ok {
		return TileJSON{}, false
	}
	b := d.Boundary.Bound()
	first, last := 0, polygonZoom
	switch layer {
	case draw.LayerHexes:
		first = int(draw.FirstZoom(r))
	case draw.LayerPins:
		last = index.MaxZoom
	}
	return TileJSON{
		TileJSON: "3.0.0", Name: d.Name.In("") + ": " + layer, Scheme: "xyz", Tiles: []string{template},
		MinZoom: first, MaxZoom: last,
		Bounds:       [4]float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]},
		Center:       [3]float64{b.Center()[0], b.Center()[1], 12},
		Description:  d.Notice.In("en"),
		VectorLayers: []VectorLayer{{ID: layer, MinZoom: first, MaxZoom: last, Fields: fields}},
	}, true
}
