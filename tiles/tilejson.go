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

// fields returns the attributes of the features of a layer with their types,
// "String" or "Number" as in MBTiles 1.3: GDAL reads any other text as "String".
// It is nil for a layer that does not exist.
func fields(layer string) map[string]string {
	switch layer {
	case draw.LayerPins:
		return map[string]string{"kind": "String", "category": "String", "status": "String", "n": "Number"}
	case draw.LayerHexes:
		return map[string]string{"h3": "String", "need": "Number", "potential": "Number", "organisation": "Number", "total": "Number"}
	case draw.LayerAreas:
		return map[string]string{"slug": "String", "name": "String"}
	case draw.LayerThings:
		return map[string]string{"kind": "String", "state": "String", "n": "Number"}
	}
	return nil
}

// description returns what the features of a layer are.
func description(layer string) string {
	switch layer {
	case draw.LayerPins:
		return "Pins by kind (need, potential or organisation), slug of the category, and status; each represents n pins"
	case draw.LayerHexes:
		return "H3 cells with their index and the numbers of needs, potentials, organisations and all pins"
	case draw.LayerThings:
		return "Things other than pins by kind, such as office, and state; each represents n of its kind"
	default:
		return "Areas by slug and name"
	}
}

// newVectorLayer returns the description of a layer from one zoom to another.
func newVectorLayer(layer string, first, last int) VectorLayer {
	return VectorLayer{ID: layer, Description: description(layer), MinZoom: first, MaxZoom: last, Fields: fields(layer)}
}

// centreZoom is the zoom at which viewers begin.
const centreZoom = 12

// polygonZoom is the highest zoom of layers of polygons. Beyond it, a map
// overzooms their tiles.
const polygonZoom = 14

// NewTileJSON returns the description of a layer of d whose tiles have URLs of
// the template, and false for a layer that does not exist. Hexes have the
// resolution r, or the resolution that suits each zoom if r is 0.
func NewTileJSON(d *civic.District, layer, template string, r geo.Resolution) (TileJSON, bool) {
	if fields(layer) == nil {
		return TileJSON{}, false
	}
	first, last := 0, polygonZoom
	switch layer {
	case draw.LayerHexes:
		first = int(draw.FirstZoom(r))
	case draw.LayerPins, draw.LayerThings:
		last = index.MaxZoom
	}
	b, centre := drawnBound(d, []string{layer}, r), geo.Centre(d.Boundary)
	return TileJSON{
		TileJSON: "3.0.0", Name: d.Name.In("") + ": " + layer, Scheme: "xyz", Tiles: []string{template},
		MinZoom: first, MaxZoom: last,
		Bounds:       [4]float64{b.Min.Lon(), b.Min.Lat(), b.Max.Lon(), b.Max.Lat()},
		Center:       [3]float64{centre.Lon(), centre.Lat(), centreZoom},
		Description:  d.Notice.In("en"),
		VectorLayers: []VectorLayer{newVectorLayer(layer, first, last)},
	}, true
}
