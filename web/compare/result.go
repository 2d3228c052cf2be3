package compare

import (
	"context"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"

	"github.com/pinezka/pinezka/analysis/rates"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/serve"
)

// Minima below which no difference is stated.
const (
	minPins      = rates.MinCompared // of both sides together
	minResidents = 100               // of each side
)

// result is the answer to a question.
type result struct {
	*question

	sides      []side
	groups     []group // of all sides in the first period, then in the second
	pairs      []pair
	population civic.Population
	byPlace    bool // whether rates are per square kilometre, since the number of residents is unknown
	hexOnly    serve.HexOnlyCount
}

// side is what is compared with the others: an area, a category, or all that the
// filter selects.
type side struct {
	area, category string // slugs; "" for all that the filter selects
	residents      int    // where it is; 0 if unknown
	km2            float64
	grouped        bool // whether all of it is published in groups of people and months
}

// group is the count of a side in a period.
type group struct {
	side, period int // positions
	count        int // of the pins that are compared
	hexOnly      hexOnly
	exposure     float64 // residents or square kilometres, times years where the periods are not equally long
	rate         float64 // NaN where there is none, as are its limits
	interval     rates.Interval
	rank         rates.RankInterval // among the sides in the same period; zero where there is none
}

// Verdicts beside those of package rates.
const (
	overlapping rates.Verdict = "overlap" // the periods have days in common
	grouped     rates.Verdict = "grouped" // all pins of a side are published in groups of people and months
)

// pair is the comparison of two groups: of two sides in a period, or of the later
// with the earlier period of a side.
type pair struct {
	rates.Comparison // the ratio is NaN or +Inf where b has no pins

	a, b               int // positions of groups
	difference         float64
	differenceInterval rates.Interval
}

// stated reports whether the rates were compared.
func (p pair) stated() bool {
	return p.Verdict.Clear() || p.Verdict == rates.NoClearDifference
}

// ofPeriods reports whether a pair compares two periods.
func (r *result) ofPeriods(p pair) bool { return r.groups[p.a].side == r.groups[p.b].side }

// answer answers a question.
func (h handlers) answer(ctx context.Context, v *index.Version, q *question) (*result, error) {
	r := &result{question: q}
	var err error
	if r.population, err = h.Store.Population(ctx, &v.District); err != nil {
		return nil, err
	}
	r.setSides(&v.District)
	for i, p := range q.periods {
		f := q.during(p)
		all, err := h.Stats(ctx, v, f)
		if err != nil {
			return nil, err
		}
		r.hexOnly.Total += all.HexOnly
		r.hexOnly.SetAside = r.hexOnly.SetAside || all.SetAside
		counts, err := h.counts(ctx, v, f, r.sides, &all)
		if err != nil {
			return nil, err
		}
		for j, g := range counts {
			g.side, g.period, g.exposure = j, i, r.exposure(r.sides[j], p)
			r.groups = append(r.groups, g)
		}
	}
	r.measure()
	r.comparePairs()
	return r, nil
}

// setSides sets the sides with where they are. Rates are per square kilometre as
// soon as the residents of one of them are unknown, so that all are comparable.
func (r *result) setSides(d *civic.District) {
	switch r.by() {
	case byArea:
		for _, slug := range r.filter.Areas {
			r.sides = append(r.sides, r.sideOf(d, []string{slug}))
			r.sides[len(r.sides)-1].area = slug
		}
	case byCategory:
		for _, slug := range r.filter.Categories {
			r.sides = append(r.sides, r.sideOf(d, r.filter.Areas))
			r.sides[len(r.sides)-1].category = slug
		}
	default:
		r.sides = []side{r.sideOf(d, r.filter.Areas)}
	}
	for i := range r.sides {
		s := &r.sides[i]
		r.byPlace = r.byPlace || s.residents == 0
		f := r.filter
		if s.category != "" {
			f.Categories = []string{s.category}
		}
		each, counted := selected(d, f)
		s.grouped = len(each) == 0 && len(counted) > 0
	}
}

// sideOf returns a side in areas, or in the whole district.
func (r *result) sideOf(d *civic.District, areas []string) side {
	if len(areas) == 0 {
		return side{residents: r.population.Total, km2: squareKilometres(d.Boundary)}
	}
	var s side
	known := true
	for _, slug := range areas {
		n := r.population.ByArea[slug]
		a, _ := d.Area(slug)
		s.residents, s.km2, known = s.residents+n, s.km2+squareKilometres(a.Boundary), known && n > 0
	}
	if !known {
		s.residents = 0
	}
	return s
}

func squareKilometres(m orb.MultiPolygon) float64 {
	const squareMetres = 1e6
	return orbgeo.Area(m) / squareMetres
}

// exposure returns what the count of a side in a period is divided by.
func (r *result) exposure(s side, p period) float64 {
	const daysPerYear = 365.25
	base := float64(s.residents)
	if r.byPlace {
		base = s.km2
	}
	if r.equalSpans() {
		return base
	}
	return base * float64(p.days()) / daysPerYear
}

// measure sets the rates and the ranks of the groups.
func (r *result) measure() {
	for i := range r.groups {
		g := &r.groups[i]
		if r.sides[g.side].grouped {
			g.exposure = 0 // so there is no rate
		}
		g.rate, g.interval = rates.Rate(g.count, g.exposure)
	}
	n := len(r.sides)
	if n < 2 {
		return
	}
	for i := range r.periods {
		groups := r.groups[i*n : (i+1)*n]
		var counts []int
		var exposures []float64
		for _, g := range groups {
			counts, exposures = append(counts, g.count), append(exposures, g.exposure)
		}
		for j, rank := range rates.Ranks(counts, exposures, rates.RankSeed) {
			groups[j].rank = rank
		}
	}
}

// comparePairs compares the sides in each period, and then the periods.
func (r *result) comparePairs() {
	n := len(r.sides)
	for i := range r.periods {
		for a := i * n; a < (i+1)*n; a++ {
			for b := a + 1; b < (i+1)*n; b++ {
				r.pairs = append(r.pairs, r.comparePair(a, b))
			}
		}
	}
	if len(r.periods) < 2 {
		return
	}
	for side := range r.sides {
		r.pairs = append(r.pairs, r.comparePair(n+side, side))
	}
}

func (r *result) comparePair(a, b int) pair {
	x, y := r.groups[a], r.groups[b]
	p := pair{Comparison: rates.Compare(x.count, x.exposure, y.count, y.exposure), a: a, b: b}
	p.difference, p.differenceInterval = rates.Difference(x.count, x.exposure, y.count, y.exposure)
	switch {
	case r.ofPeriods(p) && r.overlap():
		p.Verdict = overlapping
	case r.sides[x.side].grouped || r.sides[y.side].grouped:
		p.Verdict = grouped
	case r.fewResidents(x) || r.fewResidents(y):
		p.Verdict = rates.TooLittleData
	}
	return p
}

// fewResidents reports whether fewer live there than a rate needs.
func (r *result) fewResidents(g group) bool {
	return !r.byPlace && r.sides[g.side].residents < minResidents
}

// stated returns the number of pairs whose rates were compared, and of those that
// differ clearly.
func (r *result) stated() (all, differ int) {
	for _, p := range r.pairs {
		if p.stated() {
			all++
		}
		if p.Verdict.Clear() {
			differ++
		}
	}
	return all, differ
}

// inverse returns the interval of the inverse of a ratio.
func inverse(i rates.Interval) rates.Interval {
	return rates.Interval{Low: 1 / i.High, High: 1 / i.Low}
}
