package gazetteer

import (
	"cmp"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
	"github.com/paulmach/orb/planar"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/placename"
	"github.com/pinezka/pinezka/geo"
)

const (
	sameAddress = 200 // metres between features of one address
	sameStop    = 150 // metres between the stops of two directions
	samePlace   = 30  // metres between features of one other place, such as an entrance and its building
)

// addAddresses adds the addresses of a feature, of which "1;3" are two. The
// number belongs to the street or the place that the feature states. Where it
// states neither, there is no address: the nearest street may be another one.
func (b *Builder) addAddresses(f geo.Feature) {
	street := strings.TrimSpace(cmp.Or(f.Tags["addr:street"], f.Tags["addr:place"]))
	if street == "" || f.Tags["addr:interpolation"] != "" {
		return
	}
	postcode := strings.TrimSpace(f.Tags["addr:postcode"])
	point := pointOf(f.Geometry)
	for number := range strings.SplitSeq(strings.ReplaceAll(f.Tags["addr:housenumber"], ",", ";"), ";") {
		number = strings.TrimSpace(number)
		numberKey := placename.NumberKey(number)
		if numberKey == "" {
			continue
		}
		key := addressKey{street, numberKey, postcode}
		if slices.ContainsFunc(b.addresses[key], func(p civic.Place) bool { return orbgeo.Distance(p.Point, point) <= sameAddress }) {
			continue
		}
		b.addresses[key] = append(b.addresses[key], civic.Place{
			Name: street + " " + number, Kind: civic.PlaceAddress, Street: street, HouseNumber: number, Postcode: postcode, Point: point,
		})
	}
}

// addPlace adds a place unless it is one that has been added: of the same kind,
// class and name, and with features that touch or nearly touch. Namesakes
// remain.
func (b *Builder) addPlace(key placeKey, f found) {
	reach := float64(samePlace)
	if key.kind == civic.PlaceStop {
		reach = sameStop
	}
	bound := orbgeo.BoundPad(f.bound, reach)
	group := b.places[key]
	for i := range group {
		if bound.Intersects(group[i].bound) {
			group[i].bound = group[i].bound.Union(f.bound)
			for _, name := range f.OtherNames {
				if !slices.Contains(group[i].OtherNames, name) {
					group[i].OtherNames = append(group[i].OtherNames, name)
				}
			}
			return
		}
	}
	b.places[key] = append(group, f)
}

// pointOf returns a point that stands for a geometry: of a line, one on it, and
// of a polygon, one in it.
func pointOf(g orb.Geometry) orb.Point {
	switch g := g.(type) {
	case orb.Point:
		return g
	case orb.LineString:
		if len(g) > 0 {
			return middle([]orb.LineString{g})
		}
	case orb.Polygon:
		if len(g) > 0 && len(g[0]) > 3 {
			return geo.Centre(orb.MultiPolygon{g})
		}
	case orb.MultiPolygon:
		if len(g) > 0 && len(g[0]) > 0 && len(g[0][0]) > 3 {
			return geo.Centre(g)
		}
	}
	centre, _ := planar.CentroidArea(g)
	return centre
}
