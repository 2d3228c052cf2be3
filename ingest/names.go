package ingest

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/pinezka/pinezka/civic"
)

func (p *plan) category(s string) (string, error) {
	slug, ok := p.categories[foldValue(s)]
	switch {
	case !ok:
		return "", errCategory
	case slug == "":
		return "", errAmbiguous
	}
	return slug, nil
}

// categoryNames are the slugs by slug and label; a slug outranks a label.
func categoryNames(d *civic.District) map[string]string {
	names := map[string]string{}
	for _, c := range d.Categories {
		for _, label := range c.Label {
			key := foldValue(label)
			if slug, taken := names[key]; taken && slug != c.Slug {
				names[key] = ""
				continue
			}
			names[key] = c.Slug
		}
	}
	for _, c := range d.Categories {
		names[foldValue(c.Slug)] = c.Slug
	}
	return names
}

func parseStatus(s string) (civic.Status, error) {
	return civic.ParseStatus(strings.ReplaceAll(foldValue(s), " ", "_"))
}

// foldValue makes equal what people take for equal: case, the composition of
// characters, white space.
func foldValue(s string) string {
	return norm.NFC.String(strings.ToLower(strings.Join(strings.Fields(s), " ")))
}
