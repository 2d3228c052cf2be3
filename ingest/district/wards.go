package district

import (
	"fmt"
	"io"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/ingest"
)

// ReadWards returns a ward for each feature of a GeoJSON file, in its order. The
// slug, by which a ward is known when its boundary changes, is the property "slug"
// if that is valid, or else derived from the name. The property "number" is optional.
// ReadWards returns ErrNoName if a feature has no name, and an error for a slug or a
// number that two features have.
func (r Reader) ReadWards(in io.Reader) ([]civic.Ward, error) {
	features, err := r.readFeatures(in)
	if err != nil {
		return nil, err
	}
	slugs, numbers := map[string]int{}, map[string]int{}
	var wards []civic.Ward
	for i, f := range features {
		w := civic.Ward{Name: r.name(f.Properties), Number: propertyText(f.Properties["number"])}
		label := w.Name[r.Languages[0]]
		if label == "" {
			return nil, fmt.Errorf("feature %d: %w %q", i+1, ErrNoName, r.NameProperty)
		}
		if w.Boundary, err = geo.MultiPolygon(f.Geometry); err != nil {
			return nil, fmt.Errorf("feature %d (%s): %w", i+1, label, err)
		}
		w.Slug, _ = f.Properties["slug"].(string)
		if !civic.ValidSlug(w.Slug) {
			w.Slug = ingest.Slugify(label)
		}
		if n := slugs[w.Slug]; n > 0 {
			return nil, fmt.Errorf("feature %d (%s): its slug %q is that of feature %d", i+1, label, w.Slug, n)
		}
		if n := numbers[w.Number]; n > 0 && w.Number != "" {
			return nil, fmt.Errorf("feature %d (%s): its number %q is that of feature %d", i+1, label, w.Number, n)
		}
		slugs[w.Slug], numbers[w.Number] = i+1, i+1
		wards = append(wards, w)
	}
	return wards, nil
}
