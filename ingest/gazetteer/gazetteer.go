// Package gazetteer makes the places of the place search from features of
// OpenStreetMap: streets, addresses, squares, stops, schools, parks, water,
// localities and named amenities.
package gazetteer

import (
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// Config configures a Builder.
type Config struct {
	Languages []string // whose names become other names of a place, as BCP 47 tags; default none
	Box       *geo.Box // outside which features are left out; default none

	// Boundary is that of a district. The point of a street or a bridge that is
	// partly in the district is in it, so that a pin can be added there. Default
	// none.
	Boundary orb.MultiPolygon
}

// Margin is the distance around a district, in metres, within which its places
// are, unless somebody chooses another one: what is just outside is known by
// name too.
const Margin = 1500

// Builder collects the places of features. Use New or ForDistrict to create one.
type Builder struct {
	cfg       Config
	district  geo.Region // of cfg.Boundary
	streets   map[string]*street
	addresses map[addressKey][]civic.Place
	places    map[placeKey][]found
}

// addressKey identifies an address up to its position.
type addressKey struct{ street, number, postcode string }

// placeKey identifies a place up to its position.
type placeKey struct {
	kind  civic.PlaceKind
	class string // such as "tram_stop"
	name  string
}

// found is a place with the bound of its feature.
type found struct {
	civic.Place
	bound orb.Bound
}

// New returns a builder.
func New(cfg Config) *Builder {
	return &Builder{cfg: cfg, district: geo.NewRegion(cfg.Boundary), streets: map[string]*street{}, addresses: map[addressKey][]civic.Place{}, places: map[placeKey][]found{}}
}

// ForDistrict returns a builder of the places in the box of a district and a
// margin around it, in metres.
func ForDistrict(d *civic.District, margin float64) *Builder {
	box := geo.BoxOf(d.Boundary).Pad(margin)
	return New(Config{Languages: d.Languages, Box: &box, Boundary: d.Boundary})
}

// Add adds the places of a feature: none, its own, that of its address, or both.
func (b *Builder) Add(f geo.Feature) {
	if f.Geometry == nil || !b.inside(f.Geometry) {
		return
	}
	b.addAddresses(f)
	name := strings.TrimSpace(f.Tags["name"])
	if name == "" {
		return
	}
	kind, class := classify(f)
	switch line, isLine := f.Geometry.(orb.LineString); {
	case kind == civic.PlaceStreet && isLine:
		b.addStreet(name, b.otherNames(f.Tags), strings.TrimSpace(f.Tags["postal_code"]), line)
	case kind == civic.PlaceStreet || class == "":
		return
	default:
		b.addPlace(placeKey{kind, class, name}, found{civic.Place{
			Name: name, OtherNames: b.otherNames(f.Tags), Kind: kind, Point: pointOf(f.Geometry),
		}, f.Geometry.Bound()})
	}
}

// inside reports whether any of a line, or the point that stands for another
// geometry, is in the box.
func (b *Builder) inside(g orb.Geometry) bool {
	if b.cfg.Box == nil {
		return true
	}
	if line, ok := g.(orb.LineString); ok {
		return slices.ContainsFunc(line, b.cfg.Box.Contains)
	}
	return b.cfg.Box.Contains(pointOf(g))
}

// Places returns all places: streets, other named places and addresses, each in
// the order of their names.
func (b *Builder) Places() []civic.Place {
	all := b.streetPlaces()
	for _, group := range b.places {
		for _, f := range group {
			all = append(all, f.Place)
		}
	}
	for _, group := range b.addresses {
		all = append(all, group...)
	}
	slices.SortFunc(all, func(p, q civic.Place) int {
		if (p.Kind == civic.PlaceAddress) != (q.Kind == civic.PlaceAddress) {
			if q.Kind == civic.PlaceAddress {
				return -1
			}
			return 1
		}
		return comparePlaces(&p, &q)
	})
	return all
}

// otherNames returns the names of a feature beside that in the tag name: in the
// languages of the builder, and those by which it is also known.
func (b *Builder) otherNames(tags map[string]string) (names []string) {
	keys := []string{"short_name", "alt_name", "official_name", "loc_name"}
	for _, language := range b.cfg.Languages {
		keys = append(keys, "name:"+language)
	}
	for _, key := range keys {
		for name := range strings.SplitSeq(tags[key], ";") {
			if name = strings.TrimSpace(name); name != "" && name != tags["name"] && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}
