package tiles

import (
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
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

// VectorLayer says what the features of a layer carry.
type VectorLayer struct {
	ID          string            `json:"id"`
	Description string            `json:"description,omitempty"`
	MinZoom     int               `json:"minzoom"`
	MaxZoom     int               `json:"maxzoom"`
	Fields      map[string]string `json:"fields"`
}

// Layers that there are.
func Layers() []string { return []string{LayerAreas, LayerHexes, LayerPins} }

func layerFields() map[string]map[string]string {
	return map[string]map[string]string{
		LayerPins: {"kind": "String: need, potential or organisation", "category": "String: slug", "status": "String", "n": "Number of pins that this one stands for"},
		LayerHexes: {
			"h3": "String: H3 index of the cell", "need": "Number of needs", "potential": "Number of potentials",
			"organisation": "Number of organisations", "total": "Number of pins",
		},
		LayerAreas: {"slug": "String", "name": "String"},
	}
}

// drawnTo is the zoom up to which a layer is worth asking for; beyond, a map
// enlarges it.
func drawnTo(layer string) int {
	if layer == LayerPins {
		return MaxZoom
	}
	return 14
}

// Describe a layer whose tiles are at the URL template given: with hexes of
// resolution r, or those that read well at each zoom where it is 0.
func (v *Version) Describe(layer, template string, r geo.Resolution) (TileJSON, bool) {
	fields, ok := layerFields()[layer]
	if !ok {
		return TileJSON{}, false
	}
	d := &v.District
	b := d.Boundary.Bound()
	name := d.Name.In("") + ": " + layer
	first := 0
	if layer == LayerHexes {
		first = int(FirstZoom(r))
	}
	return TileJSON{
		TileJSON: "3.0.0", Name: name, Scheme: "xyz", Tiles: []string{template},
		MinZoom: first, MaxZoom: drawnTo(layer),
		Bounds:       [4]float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]},
		Center:       [3]float64{b.Center()[0], b.Center()[1], 12},
		Description:  civic.Text(d.Notice).In("en"),
		VectorLayers: []VectorLayer{{ID: layer, MinZoom: first, MaxZoom: drawnTo(layer), Fields: fields}},
	}, true
}
