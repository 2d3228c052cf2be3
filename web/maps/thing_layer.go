package maps

import (
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
)

// ThingLayer is a layer of the map with the things of a kind other than pins. They
// are few, so the browser loads all of them as GeoJSON.
type ThingLayer struct {
	Kind   civic.ThingKind
	Plural string   // in addresses and in the keys of messages, such as "offices"
	Fields []string // names of the texts, of which the first is the title
}

// elementThings describes a layer of things for the map element.
type elementThings struct {
	URL    string              `json:"url"`    // of the GeoJSON
	Label  string              `json:"label"`  // of the layer
	One    string              `json:"one"`    // what each of the things is
	Fields []elementThingField `json:"fields"` // of which the first is the title
}

type elementThingField struct {
	Name  string `json:"name"` // of the property, which is a text by language
	Label string `json:"label"`
}

// elementThings returns the layers by the names of their kinds in addresses.
func (m *Maps) elementThings(api string, reader *page.Reader) map[string]elementThings {
	layers := map[string]elementThings{}
	for _, l := range m.things {
		e := elementThings{URL: api + "/" + l.Plural, Label: reader.Text(l.Plural + ".heading"), One: reader.Text(l.Plural + ".one")}
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
