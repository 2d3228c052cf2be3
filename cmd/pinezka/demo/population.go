package demo

import (
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// populationResolution is that of the grid of residents.
const populationResolution geo.Resolution = 9

// Population returns how many people live in the demo district, which is made up:
// the residents of each area live in the cells of its streets, squares and
// housing estates, by the weights of these. Nobody lives elsewhere.
func Population(d *civic.District) (civic.Population, error) {
	t, err := readTexts()
	if err != nil {
		return civic.Population{}, err
	}
	p := civic.Population{
		ByArea: map[string]int{}, ByCell: map[geo.Cell]float64{}, Resolution: populationResolution,
		Date: 20453, Source: "made up · zmyślone · вигадано", // 2025-12-31
	}
	for _, a := range d.Areas {
		homes := slices.DeleteFunc(slices.Clone(t.Places), func(p place) bool {
			return p.Area != a.Slug || !slices.Contains([]string{"street", "square", "housing"}, p.Type)
		})
		all := 0.0
		for _, home := range homes {
			all += home.Weight
		}
		p.ByArea[a.Slug] = int(a.Residents)
		before, weight := 0.0, 0.0
		for _, home := range homes {
			cell, err := geo.CellAt(orb.Point{home.Lon, home.Lat})
			if err != nil {
				return p, fmt.Errorf("place the residents of %s: %w", home.Name, err)
			}
			weight += home.Weight
			people := math.Round(float64(a.Residents) * weight / all) // at all places up to this one
			p.ByCell[cell.Parent(populationResolution)] += people - before
			before = people
		}
	}
	p.Sum()
	return p, nil
}
