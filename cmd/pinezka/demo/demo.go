// Package demo makes up a district: Podgórze XIII in Kraków, with approximate
// boundaries, realistic categories and any number of invented pins. Nothing in
// it was said by anybody. It keeps nothing itself.
package demo

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

//go:embed areas.geojson categories.json texts.json
var files embed.FS

// Slug of the demo district.
const Slug = "podgorze"

// District as the demo has it, without pins.
func District() (civic.District, error) {
	d := civic.District{
		Slug:       Slug,
		Name:       civic.Text{"pl": "Podgórze", "en": "Podgórze", "uk": "Подгуже"},
		Languages:  []string{"pl", "en", "uk"},
		TimeZone:   "Europe/Warsaw",
		Moderation: civic.ModerateAfter,
		Notice: civic.Text{
			"pl": "Wersja pokazowa: wszystkie pinezki są zmyślone, a granice przybliżone.",
			"en": "Demonstration: all pins are made up, and the boundaries are approximate.",
			"uk": "Демонстрація: усі позначки вигадані, а межі приблизні.",
		},
	}
	fail := func(err error) (civic.District, error) {
		return civic.District{}, fmt.Errorf("read demo district: %w", err)
	}
	if err := readJSON("categories.json", &d.Categories); err != nil {
		return fail(err)
	}
	b, err := files.ReadFile("areas.geojson")
	if err != nil {
		return fail(err)
	}
	areas, err := geojson.UnmarshalFeatureCollection(b)
	if err != nil {
		return fail(err)
	}
	for _, f := range areas.Features {
		shape, err := geo.MultiPolygon(f.Geometry)
		if err != nil {
			return fail(err)
		}
		d.Areas = append(d.Areas, civic.Area{
			Slug: f.Properties.MustString("slug"), Name: civic.Text{"pl": f.Properties.MustString("name")}, Boundary: shape,
			Approximate: true, Residents: int32(f.Properties.MustInt("residents")),
		})
		d.Boundary = append(d.Boundary, shape...)
	}
	t, err := readTexts()
	if err != nil {
		return fail(err)
	}
	for _, p := range t.Places {
		d.Places = append(d.Places, civic.Place{Name: p.Name, Point: orb.Point{p.Lon, p.Lat}})
	}
	return d, nil
}

func readJSON(name string, into any) error {
	b, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// texts is what pins are put together from.
type texts struct {
	Places        []place           `json:"places"`
	Texts         map[string]corpus `json:"texts"`         // by category
	Organisations map[string]corpus `json:"organisations"` // by category
}

type place struct {
	Name   string  `json:"name"`
	At     string  `json:"at"` // "przy ul. Lipskiej": fills {at}
	Lon    float64 `json:"lon"`
	Lat    float64 `json:"lat"`
	Area   string  `json:"area"`
	Weight float64 `json:"weight"`
	Type   string  `json:"type"` // street, square, park, …
}

// corpus of one category. A title goes with the bodies of its theme.
type corpus struct {
	Weight   float64  `json:"weight"`
	Hotspots []string `json:"hotspots"` // names of places where it happens most
	Types    []string `json:"types"`    // of places where it makes sense; none: all
	Areas    []string `json:"areas"`    // likewise
	Titles   []string `json:"titles"`
	Bodies   []string `json:"bodies"`
	Themes   []theme  `json:"themes"`
	Paired   bool     `json:"paired"` // a title has the body of its number
}

type theme struct {
	Titles []int `json:"titles"`
	Bodies []int `json:"bodies"`
}

func readTexts() (texts, error) {
	var t texts
	err := readJSON("texts.json", &t)
	return t, err
}

// suits reports whether the category's pins make sense at the place.
func (c *corpus) suits(p place) bool {
	return (len(c.Types) == 0 || slices.Contains(c.Types, p.Type)) && (len(c.Areas) == 0 || slices.Contains(c.Areas, p.Area))
}
