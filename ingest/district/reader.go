// Package district reads the files that describe a district: its boundary,
// areas and places in GeoJSON, and its categories in JSON. Its errors do not
// name the file.
package district

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/project"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/ingest"
	"github.com/pinezka/pinezka/ingest/record"
)

// ErrNoName reports an area without a name in the default language. It is
// wrapped together with the name of the property.
var ErrNoName = errors.New("there is no name in the property")

const maxBase = 58 // bytes of a slug to which a number is appended

// Reader reads the files of one district.
type Reader struct {
	// Languages are those of the district, as BCP 47 tags, at least the
	// default, which is the first.
	Languages []string

	// NameProperty is the property of a feature that contains its name in the
	// default language. The property for another language, and a more specific
	// one for the default language, has the tag appended, as in OpenStreetMap:
	// "name:lt". Required.
	NameProperty string

	// SwapAxes exchanges the longitude and the latitude of every coordinate, for
	// files in which they are exchanged.
	SwapAxes bool
}

// ReadBoundary returns all polygons of a GeoJSON file as one multipolygon.
func (r Reader) ReadBoundary(in io.Reader) (orb.MultiPolygon, error) {
	features, err := r.readFeatures(in)
	if err != nil {
		return nil, err
	}
	var all orb.Collection
	for _, f := range features {
		all = append(all, f.Geometry)
	}
	return geo.MultiPolygon(all)
}

// ReadAreas returns an area for each feature of a GeoJSON file, in its order.
// The slug is the property "slug" if that is valid, or else derived from the
// name; a number makes it unique. The properties "residents" and "approximate"
// are optional. ReadAreas returns ErrNoName if a feature has no name.
func (r Reader) ReadAreas(in io.Reader) ([]civic.Area, error) {
	features, err := r.readFeatures(in)
	if err != nil {
		return nil, err
	}
	used := map[string]bool{}
	var areas []civic.Area
	for i, f := range features {
		name := r.name(f.Properties)
		label := name[r.Languages[0]]
		if label == "" {
			return nil, fmt.Errorf("feature %d: %w %q", i+1, ErrNoName, r.NameProperty)
		}
		boundary, err := geo.MultiPolygon(f.Geometry)
		if err != nil {
			return nil, fmt.Errorf("feature %d (%s): %w", i+1, label, err)
		}
		slug, ok := f.Properties["slug"].(string)
		if !ok || !civic.ValidSlug(slug) {
			slug = ingest.Slugify(label)
		}
		for n, base := 2, strings.TrimRight(slug[:min(len(slug), maxBase)], "-"); used[slug]; n++ {
			slug = fmt.Sprintf("%s-%d", base, n)
		}
		used[slug] = true
		a := civic.Area{Slug: slug, Name: name, Boundary: boundary}
		if n, ok := f.Properties["residents"].(float64); ok && n > 0 && n <= math.MaxInt32 {
			a.Residents = int32(n)
		}
		a.Approximate, _ = f.Properties["approximate"].(bool)
		areas = append(areas, a)
	}
	return areas, nil
}

// ReadPlaces returns the points of a GeoJSON file that have a name in the
// default language. Those in the other languages also find them.
func (r Reader) ReadPlaces(in io.Reader) ([]civic.Place, error) {
	features, err := r.readFeatures(in)
	if err != nil {
		return nil, err
	}
	var places []civic.Place
	for _, f := range features {
		point, ok := f.Geometry.(orb.Point)
		names := r.name(f.Properties)
		place := civic.Place{Name: names[r.Languages[0]], Point: point}
		for _, language := range r.Languages[1:] {
			if name := names[language]; name != "" && name != place.Name {
				place.OtherNames = append(place.OtherNames, name)
			}
		}
		if ok && geo.Valid(point) && place.Name != "" {
			places = append(places, place)
		}
	}
	return places, nil
}

// ReadCategories returns the categories of a JSON array of objects with the
// fields of civic.Category.
func (r Reader) ReadCategories(in io.Reader) ([]civic.Category, error) {
	b, err := io.ReadAll(in)
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller says which file cannot be read
	}
	if err := record.CheckJSON(b); errors.Is(err, record.ErrRepeatedName) {
		return nil, err
	}
	var categories []civic.Category
	if err := json.Unmarshal(b, &categories); err != nil {
		return nil, fmt.Errorf("not a JSON array of categories: %w", err)
	}
	return categories, nil
}

// ReadTemplates returns the templates of public updates of a JSON array of objects
// with the fields of civic.UpdateTemplate, and no others.
func (r Reader) ReadTemplates(in io.Reader) ([]civic.UpdateTemplate, error) {
	return readArray[civic.UpdateTemplate](in, "templates")
}

// ReadTopics returns the topics of advice of a JSON array of objects with the fields of
// civic.Topic, and no others.
func (r Reader) ReadTopics(in io.Reader) ([]civic.Topic, error) {
	return readArray[civic.Topic](in, "topics")
}

// readArray returns the objects of a JSON array, which have no other fields than those
// of T.
func readArray[T any](in io.Reader, what string) ([]T, error) {
	b, err := io.ReadAll(in)
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller says which file cannot be read
	}
	if err := record.CheckJSON(b); errors.Is(err, record.ErrRepeatedName) {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(b))
	decoder.DisallowUnknownFields()
	var all []T
	if err := decoder.Decode(&all); err != nil {
		return nil, fmt.Errorf("not a JSON array of %s: %w", what, err)
	}
	return all, nil
}

// name returns the name of a feature in each language of the district.
func (r Reader) name(properties geojson.Properties) civic.Text {
	name := civic.Text{}
	for i, tag := range r.Languages {
		s := propertyText(properties[r.NameProperty+":"+tag])
		if s == "" && i == 0 {
			s = propertyText(properties[r.NameProperty])
		}
		if s != "" {
			name[tag] = s
		}
	}
	return name
}

// propertyText returns the value of a property as text. The value can be a
// number, such as that of a ward.
func propertyText(value any) string {
	switch v := value.(type) {
	case string:
		return strings.TrimSpace(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// readFeatures returns the features of a FeatureCollection, one Feature or a
// bare geometry. It returns an error if there are none.
func (r Reader) readFeatures(in io.Reader) ([]*geojson.Feature, error) {
	b, err := io.ReadAll(in)
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller says which file cannot be read
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if err := record.CheckJSON(b); errors.Is(err, record.ErrRepeatedName) {
		return nil, err
	}
	features, err := parseFeatures(b)
	if err != nil {
		return nil, err
	}
	features = slices.DeleteFunc(features, func(f *geojson.Feature) bool { return f == nil })
	if len(features) == 0 {
		return nil, errors.New("there are no features in it")
	}
	for _, f := range features {
		if r.SwapAxes && f.Geometry != nil {
			f.Geometry = project.Geometry(f.Geometry, func(p orb.Point) orb.Point { return orb.Point{p[1], p[0]} })
		}
	}
	return features, nil
}

func parseFeatures(b []byte) ([]*geojson.Feature, error) {
	var object struct{ Type string }
	if err := json.Unmarshal(b, &object); err != nil {
		return nil, fmt.Errorf("not GeoJSON: %w", err)
	}
	switch object.Type {
	case "FeatureCollection":
		collection, err := geojson.UnmarshalFeatureCollection(b)
		if err != nil {
			return nil, fmt.Errorf("not GeoJSON: %w", err)
		}
		return collection.Features, nil
	case "Feature":
		f, err := geojson.UnmarshalFeature(b)
		if err != nil {
			return nil, fmt.Errorf("not GeoJSON: %w", err)
		}
		return []*geojson.Feature{f}, nil
	}
	g, err := geojson.UnmarshalGeometry(b)
	if err != nil {
		return nil, fmt.Errorf("not GeoJSON: %w", err)
	}
	return []*geojson.Feature{geojson.NewFeature(g.Geometry())}, nil
}
