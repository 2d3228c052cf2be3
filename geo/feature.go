package geo

import "github.com/paulmach/orb"

// Feature is a geometry with the tags that describe it in OpenStreetMap. It is
// what basemaps, gazetteers and walking graphs are made from.
type Feature struct {
	Tags     map[string]string // such as "highway": "residential"; see https://wiki.openstreetmap.org/wiki/Map_features
	Geometry orb.Geometry      // Point, LineString, Polygon or MultiPolygon, in degrees
}
