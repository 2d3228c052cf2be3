package numbers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/pinezka/pinezka/analysis/coverage"
	"github.com/pinezka/pinezka/analysis/rates"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/provenance"
	"github.com/pinezka/pinezka/web/serve"
)

// The resolutions of the cells of a coverage. No statistic is finer than what is
// published of the pins that are only counted.
const (
	coarsestCoverage geo.Resolution = 7
	finestCoverage                  = civic.HexResolution
)

// maxCoverageCells is the number of cells beyond which a coverage is of coarser
// ones, unless a resolution is asked for: a page with more is too large.
const maxCoverageCells = 5000

// maxMinimum is the largest minimum of residents of a silent cell.
const maxMinimum = 100_000

// coverageQuestion is what a request asks.
type coverageQuestion struct {
	filter     civic.Filter
	resolution geo.Resolution // 0 for the finest with not too many cells
	finest     geo.Resolution // of those that can be chosen
	minimum    int            // of residents of a silent cell
}

// parseCoverage returns what the query of a request asks.
func parseCoverage(q url.Values, d *civic.District) (ask coverageQuestion, err error) {
	if ask.filter, err = serve.ParseFilter(q, d); err != nil {
		return ask, err
	}
	ask.finest = d.DefaultResolution(ask.filter)
	if q.Has("res") {
		n, err := strconv.ParseUint(q.Get("res"), 10, 8)
		if ask.resolution = geo.Resolution(n); err != nil || ask.resolution < coarsestCoverage || ask.resolution > finestCoverage {
			return ask, serve.BadParameter("res", fmt.Sprintf("must be a whole number from %d to %d", coarsestCoverage, finestCoverage))
		}
	}
	ask.resolution = min(ask.resolution, ask.finest) // the form sends that of the question before
	ask.minimum = coverage.DefaultMinimum
	if q.Has("minimum") {
		if ask.minimum, err = strconv.Atoi(q.Get("minimum")); err != nil || ask.minimum < 1 || ask.minimum > maxMinimum {
			return ask, serve.BadParameter("minimum", fmt.Sprintf("must be a whole number from 1 to %d", maxMinimum))
		}
	}
	return ask, nil
}

// values returns the parameters from which parseCoverage reads the question.
func (ask coverageQuestion) values() url.Values {
	q := ask.filter.Values()
	if ask.resolution > 0 {
		q.Set("res", strconv.Itoa(int(ask.resolution)))
	}
	if ask.minimum != coverage.DefaultMinimum {
		q.Set("minimum", strconv.Itoa(ask.minimum))
	}
	return q
}

// coverageOf is a coverage with what it was computed from.
type coverageOf struct {
	coverage.Result
	coverageQuestion

	district   *civic.District
	counted    civic.Filter // that of the question, without what is set aside
	population civic.Population
	spread     bool // whether residents were spread evenly
	hexes      []index.Hex
	areas      []*civic.Area // of each cell, by its centre; nil outside all
	kinds      []kindCoverage
	byArea     []areaCoverage // in the order of the district; then, if people live there, what is outside all
	hexOnly    serve.HexOnlyCount
	provenance provenance.Provenance
}

// counts reports whether pins of a kind can be among those that are counted.
func (c *coverageOf) counts(k civic.Kind) bool {
	ofKind := func(slug string) bool {
		category, _ := c.district.Category(slug)
		return category.Kind == k
	}
	return (len(c.counted.Kinds) == 0 || slices.Contains(c.counted.Kinds, k)) &&
		(len(c.counted.Categories) == 0 || slices.ContainsFunc(c.counted.Categories, ofKind))
}

// kindCoverage says where people were heard by pins of one kind.
type kindCoverage struct {
	kind          civic.Kind
	heard, silent float64 // people
}

// areaCoverage says where people of an area were heard, or of what is outside all
// areas, which is nil.
type areaCoverage struct {
	*civic.Area

	people, heard, silent float64
}

// coverage returns where people live in the district of a request and nobody was
// heard.
func (h handlers) coverage(r *http.Request) (*coverageOf, error) {
	v, err := h.District(r)
	if err != nil {
		return nil, err
	}
	ask, err := parseCoverage(r.URL.Query(), &v.District)
	if err != nil {
		return nil, err
	}
	out := &coverageOf{coverageQuestion: ask, district: &v.District}
	if out.population, err = h.Store.Population(r.Context(), &v.District); err != nil {
		return nil, err
	}
	return out, h.cover(r.Context(), v, out)
}

// cover computes a coverage.
func (h handlers) cover(ctx context.Context, v *index.Version, out *coverageOf) (err error) {
	if err := h.Rendering.Acquire(ctx); err != nil {
		return err
	}
	defer h.Rendering.Release(ctx)
	resolution := cmp.Or(out.resolution, out.finest)
	out.counted = v.District.ShownIn(resolution, out.filter)
	out.hexes, err = v.Hexes(resolution, out.counted)
	for out.resolution == 0 && resolution > coarsestCoverage && (errors.Is(err, geo.ErrTooManyCells) || len(out.hexes) > maxCoverageCells) {
		resolution--
		out.counted = v.District.ShownIn(resolution, out.filter)
		out.hexes, err = v.Hexes(resolution, out.counted)
	}
	if err != nil {
		return err
	}
	cells, pins := make([]geo.Cell, len(out.hexes)), make([]int, len(out.hexes))
	for i, hex := range out.hexes {
		cells[i], pins[i] = hex.Cell, hex.Total()
	}
	people, spread, err := out.population.In(out.district, cells)
	if err != nil {
		return err
	}
	out.spread = spread
	if out.Result, err = coverage.Of(cells, people, pins, float64(out.minimum)); err != nil {
		return err
	}
	for _, kind := range civic.Kinds() {
		if !out.counts(kind) {
			continue
		}
		for i, hex := range out.hexes {
			pins[i] = hex.Of(kind)
		}
		of, err := coverage.Of(cells, people, pins, float64(out.minimum))
		if err != nil {
			return err
		}
		out.kinds = append(out.kinds, kindCoverage{kind, of.HeardPeople, of.SilentPeople})
	}
	out.sumAreas()
	stats := v.Stats(out.filter)
	out.hexOnly = serve.HexOnlyIn(&v.District, resolution, &stats, civic.PinQuery{Filter: out.filter})
	out.provenance = provenance.Of(v, out.counted, out.Pins, coverage.Method)
	out.provenance.Cells, out.provenance.Resolution, out.provenance.Distance = len(cells), resolution, 1
	return nil
}

// sumAreas finds the area of each cell, and sums the people of each area.
func (c *coverageOf) sumAreas() {
	at, byID := civic.NewAcceptor(c.district, 0), map[int32]int{}
	for i := range c.district.Areas {
		area := &c.district.Areas[i]
		byID[area.ID] = i
		c.byArea = append(c.byArea, areaCoverage{Area: area})
	}
	outside := len(c.byArea)
	c.byArea = append(c.byArea, areaCoverage{})
	for _, cell := range c.Cells {
		i, ok := byID[at.AreaAt(cell.Cell.Centre())]
		if !ok {
			i = outside
		}
		area := &c.byArea[i]
		c.areas = append(c.areas, area.Area)
		if math.IsNaN(cell.People) {
			continue
		}
		area.people += cell.People
		switch cell.Class {
		case coverage.Heard:
			area.heard += cell.People
		case coverage.Silent:
			area.silent += cell.People
		case coverage.Unknown, coverage.FewResidents:
		}
	}
	if c.byArea[outside].people == 0 {
		c.byArea = c.byArea[:outside]
	}
}

// areasOf returns the areas in which cells of a neighbourhood are, in the order of
// the district.
func (c *coverageOf) areasOf(n coverage.Neighbourhood) (areas []*civic.Area) {
	for i, cell := range c.Cells {
		area := c.areas[i]
		if _, within := slices.BinarySearch(n.Cells, cell.Cell); within && area != nil && !slices.Contains(areas, area) {
			areas = append(areas, area)
		}
	}
	slices.SortFunc(areas, func(a, b *civic.Area) int { return cmp.Compare(a.Position, b.Position) })
	return areas
}

// per1000 returns the pins of each cell for 1,000 residents, moved towards the rate
// of all cells (rates.Smooth): of few residents, a pin more would change the rate of
// a cell most. It is NaN where nobody lives, or it is unknown who does.
func (c *coverageOf) per1000() []float64 {
	pins, people := make([]int, len(c.Cells)), make([]float64, len(c.Cells))
	for i, cell := range c.Cells {
		pins[i], people[i] = cell.Pins, cell.People/1000
	}
	return rates.Smooth(pins, people)
}

// className returns the name of a class in the API and in the keys of its texts.
func className(c coverage.Class) string {
	switch c {
	case coverage.Heard:
		return "heard"
	case coverage.Silent:
		return "silent"
	case coverage.FewResidents:
		return "few_residents"
	case coverage.Unknown:
	}
	return "unknown"
}

// whole returns a number of people as a whole number.
func whole(people float64) int { return int(math.Round(people)) }
