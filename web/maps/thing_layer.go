package maps

import (
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
)

// ThingLayer is a layer of the map with the things of a kind other than pins. Tiles say
// where they are; what they say, the browser loads as GeoJSON for those that it shows.
type ThingLayer struct {
	Kind   civic.ThingKind
	Plural string   // in addresses and in the keys of messages, such as "offices"
	Fields []string // names of the texts, of which the first is the title
}

// elementThings describes a layer of things for the map element.
type elementThings struct {
	Kind   string              `json:"kind"`   // in the tiles
	URL    string              `json:"url"`    // of the list of the API
	Page   string              `json:"page"`   // of the register
	Label  string              `json:"label"`  // of the layer
	One    string              `json:"one"`    // what each of the things is
	Fields []elementThingField `json:"fields"` // of which the first is the title
}

type elementThingField struct {
	Name  string `json:"name"` // of the property, which is a text by language
	Label string `json:"label"`
}

// elementThings returns the layers by the names of their kinds in addresses.
func (m *Maps) elementThings(d *civic.District, reader *page.Reader) map[string]elementThings {
	layers, api := map[string]elementThings{}, "/api/v1/districts/"+d.Slug
	for _, l := range m.things {
		e := elementThings{Kind: l.Kind.String(), URL: api + "/" + l.Plural, Page: "/d/" + d.Slug + "/" + l.Plural, Label: reader.Text(l.Plural + ".heading"), One: reader.Text(l.Plural + ".one")}
		for _, name := range l.Fields {
			e.Fields = append(e.Fields, elementThingField{name, reader.Text(l.Plural + ".field." + name)})
		}
		layers[l.Plural] = e
	}
	return layers
}

// changedThings returns the layers in which things have changed since the version
// of that number.
func (m *Maps) changedThings(v *index.Version, since uint64) (layers []string) {
	kinds := v.ChangedThings(since)
	for _, l := range m.things {
		if slices.Contains(kinds, l.Kind) {
			layers = append(layers, l.Plural)
		}
	}
	return layers
}
