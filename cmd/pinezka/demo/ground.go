package demo

import (
	_ "embed"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/placename"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/ingest/gazetteer"
)

//go:embed ground.geojson
var groundFile []byte

// GroundAttribution says on the map what Ground is.
const GroundAttribution = "Szkic przybliżony · approximate sketch"

// Ground returns what lies under the map of the demo district: streets, water,
// railways, parks and places. It is a sketch, drawn by hand and approximate; see
// README.md in the folder of the package.
func Ground() iter.Seq2[geo.Feature, error] {
	return func(yield func(geo.Feature, error) bool) {
		collection, err := geojson.UnmarshalFeatureCollection(groundFile)
		if err != nil {
			yield(geo.Feature{}, fmt.Errorf("read the ground of the demo district: %w", err))
			return
		}
		for _, f := range collection.Features {
			tags := make(map[string]string, len(f.Properties))
			for key := range f.Properties {
				tags[key] = f.Properties.MustString(key, "")
			}
			if !yield(geo.Feature{Tags: tags, Geometry: f.Geometry}, nil) {
				return
			}
		}
	}
}

// GroundBound returns the bound of what Ground shows.
func GroundBound() orb.Bound {
	return orb.Bound{Min: orb.Point{19.90, 50.02}, Max: orb.Point{20.11, 50.065}}
}

// GroundDate returns the day on which Ground was drawn.
func GroundDate() time.Time { return time.Date(2026, time.November, 26, 0, 0, 0, 0, time.UTC) }

// places returns the places of the ground in and around the district, and those
// of the texts that it does not have: by a name with all their words, or as a
// stop, all of which it has.
func places(t *texts, d *civic.District) ([]civic.Place, error) {
	builder := gazetteer.ForDistrict(d, gazetteer.Margin)
	for f, err := range Ground() {
		if err != nil {
			return nil, err
		}
		builder.Add(f)
	}
	all := builder.Places()
	var known [][]string // words of names
	for _, p := range all {
		for _, name := range append(p.OtherNames, p.Name) {
			known = append(known, strings.Fields(placename.Key(name)))
		}
	}
	for _, p := range t.Places {
		words := strings.Fields(placename.Key(p.Name))
		isKnown := func(name []string) bool {
			return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(name, w) })
		}
		if p.Type != "stop" && !slices.ContainsFunc(known, isKnown) {
			all = append(all, civic.Place{Name: p.Name, Point: orb.Point{p.Lon, p.Lat}})
		}
	}
	return all, nil
}
