package ingest

import (
	"errors"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest/record"
)

var (
	errCategory  = errors.New("the district has no category with this slug or label; translate the value")
	errAmbiguous = errors.New("more than one category has this label; use the slug")
)

// categoryLookup maps the normalized slugs and labels of categories to slugs.
// The slug is "" for a label of more than one category.
type categoryLookup map[string]string

// newCategoryLookup returns the lookup of the categories of d. A slug takes
// precedence over an equal label.
func newCategoryLookup(d *civic.District) categoryLookup {
	lookup := categoryLookup{}
	for _, c := range d.Categories {
		for _, label := range c.Label {
			key := normalize(label)
			if slug, known := lookup[key]; known && slug != c.Slug {
				lookup[key] = ""
				continue
			}
			lookup[key] = c.Slug
		}
	}
	for _, c := range d.Categories {
		lookup[normalize(c.Slug)] = c.Slug
	}
	return lookup
}

func (l categoryLookup) slug(s string) (string, error) {
	slug, ok := l[normalize(s)]
	switch {
	case !ok:
		return "", errCategory
	case slug == "":
		return "", errAmbiguous
	}
	return slug, nil
}

// normalize returns s in lower case, with white space collapsed and characters
// composed (NFC), for comparison.
func normalize(s string) string {
	return strings.ToLower(record.CleanName(s))
}
