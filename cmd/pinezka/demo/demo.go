// Package demo generates a district: Podgórze XIII in Kraków, with approximate
// boundaries, a sketch of its streets, realistic categories and any number of
// invented pins. None of it comes from real people. The package stores nothing.
package demo

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/ingest/district"
)

//go:embed areas.geojson
var areasFile string

//go:embed categories.json
var categoriesFile string

//go:embed texts.json
var textsFile []byte

// Slug is that of the demo district.
const Slug = "podgorze"

// District returns the demo district, without pins.
func District() (civic.District, error) {
	d := civic.District{
		Slug:       Slug,
		Name:       civic.Text{"pl": "Podgórze", "en": "Podgórze", "uk": "Подгуже"},
		Languages:  []string{"pl", "en", "uk"},
		TimeZone:   "Europe/Warsaw",
		Moderation: civic.ModerateAfter,
		Desk:       civic.DeskSettings{PhoneRegion: "PL"},
		Notice: civic.Text{
			"pl": "Wersja pokazowa: pinezki, osoby, uchwały, wydarzenia, inicjatywy i odpowiedzi są zmyślone, a mapa i granice to przybliżony szkic.",
			"en": "Demonstration: all pins, people, resolutions, events, initiatives and replies are made up, and the map and the boundaries are an approximate sketch.",
			"uk": "Демонстрація: усі позначки, люди, ухвали, події, ініціативи й відповіді вигадані, а мапа й межі – приблизний ескіз.",
		},
	}
	reader := district.Reader{Languages: d.Languages, NameProperty: "name"}
	var err error
	if d.Areas, err = reader.ReadAreas(strings.NewReader(areasFile)); err != nil {
		return d, fmt.Errorf("read areas of the demo district: %w", err)
	}
	d.Boundary = district.BoundaryOf(d.Areas)
	if d.Categories, err = Categories(); err != nil {
		return d, err
	}
	t, err := readTexts()
	if err != nil {
		return d, err
	}
	d.Places, err = places(&t, &d)
	return d, err
}

// Categories returns the categories of the demo district.
func Categories() ([]civic.Category, error) {
	categories, err := district.Reader{}.ReadCategories(strings.NewReader(categoriesFile))
	if err != nil {
		return nil, fmt.Errorf("read categories of the demo district: %w", err)
	}
	return categories, nil
}

// texts contains the places and texts from which pins are generated.
type texts struct {
	Places        []place           `json:"places"`
	Texts         map[string]corpus `json:"texts"`         // by category
	Organisations map[string]corpus `json:"organisations"` // by category
	Planted       []planted         `json:"planted"`
	Silent        []string          `json:"silent"` // names of the places in whose cells there are no pins
}

type place struct {
	Name   string  `json:"name"`
	At     string  `json:"at"` // replaces "{at}" in texts: "przy ul. Lipskiej"
	Lon    float64 `json:"lon"`
	Lat    float64 `json:"lat"`
	Area   string  `json:"area"`
	Weight float64 `json:"weight"`
	Type   string  `json:"type"` // street, square, park, …

	cell geo.Cell // of heardResolution
}

// corpus contains the texts of the pins of one category, and determines where
// they are. A title is used with the bodies of its theme.
type corpus struct {
	Weight   float64  `json:"weight"`
	Hotspots []string `json:"hotspots"` // names of the places with most of the pins
	Types    []string `json:"types"`    // of suitable places; default: all
	Areas    []string `json:"areas"`    // of suitable places; default: all
	Places   []string `json:"-"`        // names of suitable places; default: all
	Titles   []string `json:"titles"`
	Bodies   []string `json:"bodies"`
	Themes   []theme  `json:"themes"`
	Paired   bool     `json:"paired"` // a title is used with the body of the same index
}

type theme struct {
	Titles []int `json:"titles"`
	Bodies []int `json:"bodies"`
}

func readTexts() (texts, error) {
	var t texts
	if err := json.Unmarshal(textsFile, &t); err != nil {
		return t, fmt.Errorf("read texts of the demo district: %w", err)
	}
	return t, nil
}

// suits reports whether pins of the category are plausible at the place.
func (c *corpus) suits(p place) bool {
	return (len(c.Types) == 0 || slices.Contains(c.Types, p.Type)) &&
		(len(c.Areas) == 0 || slices.Contains(c.Areas, p.Area)) &&
		(len(c.Places) == 0 || slices.Contains(c.Places, p.Name))
}
