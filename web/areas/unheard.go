package areas

import (
	"context"
	"errors"
	"math"

	"github.com/pinezka/pinezka/analysis/coverage"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
)

// unheard says how many people of an area live where nobody was heard, that is,
// where there has never been a pin of any kind. The zero value is unknown.
type unheard struct {
	known          bool
	people, silent int
	cells          int  // silent ones
	spread         bool // whether residents were spread evenly
	date           civic.Day
	source         string
}

// population returns how many people live in a district. While the database is
// unavailable, that is unknown.
func (h handlers) population(ctx context.Context, d *civic.District) (civic.Population, error) {
	p, err := h.Store.Population(ctx, d)
	if errors.Is(err, civic.ErrUnavailable) {
		return civic.Population{}, nil
	}
	return p, err
}

// unheardOf returns who of an area is not heard, as the page of coverage says: of
// the cells of the district whose centre is in the area.
func unheardOf(v *index.Version, area int32, p *civic.Population) (unheard, error) {
	if !p.Known() {
		return unheard{}, nil
	}
	resolution := v.District.DefaultResolution(civic.Filter{})
	hexes, err := v.Hexes(resolution, v.District.ShownIn(resolution, civic.Filter{}))
	if errors.Is(err, geo.ErrTooManyCells) {
		return unheard{}, nil
	}
	if err != nil {
		return unheard{}, err
	}
	areas := civic.NewAcceptor(&v.District, 0)
	var cells []geo.Cell
	var pins []int
	for _, hex := range hexes {
		if areas.AreaAt(hex.Cell.Centre()) == area {
			cells, pins = append(cells, hex.Cell), append(pins, hex.Total())
		}
	}
	people, spread, err := p.In(&v.District, cells)
	if err != nil {
		return unheard{}, err
	}
	result, err := coverage.Of(cells, people, pins, coverage.DefaultMinimum)
	if err != nil {
		return unheard{}, err
	}
	return unheard{
		known: result.People > 0, people: int(math.Round(result.People)), silent: int(math.Round(result.SilentPeople)), cells: result.SilentCells,
		spread: spread, date: p.Date, source: p.Source,
	}, nil
}
