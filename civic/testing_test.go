package civic_test

import (
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

func district() *civic.District {
	square := func(west, east float64) orb.MultiPolygon {
		return orb.MultiPolygon{orb.Bound{Min: orb.Point{west, 50}, Max: orb.Point{east, 50.1}}.ToPolygon()}
	}
	return &civic.District{
		Slug: "test", Name: civic.Text{"en": "Test"}, Languages: []string{"en"}, Boundary: square(19.9, 20.1), Moderation: civic.ModerateBefore,
		Areas: []civic.Area{
			{ID: 1, Slug: "west", Name: civic.Text{"en": "West"}, Boundary: square(19.9, 20)},
			{ID: 2, Slug: "east", Name: civic.Text{"en": "East"}, Boundary: square(20, 20.1)},
		},
		Categories: []civic.Category{
			{ID: 1, Slug: "trees", Kind: civic.Need, Visibility: civic.Exact, Colour: "#336633", Label: civic.Text{"en": "Trees"}},
			{ID: 2, Slug: "help", Kind: civic.Potential, Visibility: civic.Blurred, Colour: "#663333", Label: civic.Text{"en": "Help"}},
			{ID: 3, Slug: "fear", Kind: civic.Need, Visibility: civic.HexOnly, Colour: "#333366", Label: civic.Text{"en": "Fear"}},
		},
	}
}
