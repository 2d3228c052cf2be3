package areas

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/pinezka/pinezka/analysis/rates"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/provenance"
	"github.com/pinezka/pinezka/web/serve"
)

const shownMonths = 24 // before the end of the season

// summary is what the page of an area and the API say of it.
type summary struct {
	question

	categories   []categoryCounts // by kind, then by count, the highest first
	total        comparison       // of all needs that can be compared
	compared     []string         // the slugs of their categories
	months       []index.MonthCounts
	hexes        []index.Hex // needs of the season, without those that are shown in larger cells; every cell of the area
	areaRate     *rate       // needs of the season; nil where the population is unknown
	districtRate *rate       // the same of all areas together; nil where the population of any is unknown
	clusters     []clusters  // of all needs, and of the most frequent categories
	unheard      unheard
	hexOnly      serve.HexOnlyCount
	provenance   provenance.Provenance
}

// categoryCounts says how many pins of a category there are.
type categoryCounts struct {
	civic.Category
	comparison

	ever int   // whenever they were reported
	rate *rate // of the season; nil where the population is unknown
}

// of returns the counts of the categories of a kind.
func (s *summary) of(k civic.Kind) (all []categoryCounts) {
	for _, c := range s.categories {
		if c.Kind == k {
			all = append(all, c)
		}
	}
	return all
}

// rate is a count per 1,000 residents, with its interval of 95 %.
type rate struct {
	residents int
	per1000   float64
	interval  rates.Interval
}

// newRate returns a rate, or nil where the population is unknown.
func newRate(count, residents int) *rate {
	if residents <= 0 {
		return nil
	}
	const unit = 1000
	r, i := rates.Rate(count, float64(residents))
	return &rate{residents, r * unit, i.Scale(unit)}
}

// summaryOf returns the summary that a request asks of a district.
func (h handlers) summaryOf(r *http.Request, v *index.Version) (*summary, error) {
	q, err := h.parse(r, v)
	if err != nil {
		return nil, err
	}
	return h.summarise(r.Context(), v, q)
}

// summarise returns the summary that answers a question.
func (h handlers) summarise(ctx context.Context, v *index.Version, q question) (*summary, error) {
	population, err := h.population(ctx, &v.District)
	if err != nil {
		return nil, err
	}
	d, slug := &v.District, q.area.Slug
	published, err := h.hexOnlyCounts(ctx, d, q)
	if err != nil {
		return nil, err
	}
	if err := h.Rendering.Acquire(ctx); err != nil {
		return nil, err
	}
	defer h.Rendering.Release(ctx)
	now, before := v.Stats(q.now.filter(slug)), v.Stats(q.earlier.filter(slug))
	ever := v.Stats(civic.Filter{Areas: []string{slug}})
	s := &summary{
		question: q,
		months:   lastMonths(ever.ByMonth, q.now.to),
		hexOnly:  serve.HexOnly(&now, civic.PinQuery{Filter: q.now.filter(slug)}),
	}
	for _, c := range d.Categories {
		n := now.ByCategory[c.Slug]
		counts := categoryCounts{c, compare(n, q.now.days(), before.ByCategory[c.Slug], q.earlier.days()), ever.ByCategory[c.Slug], nil}
		switch {
		case c.Visibility == civic.HexOnly:
			counts.comparison = notCompared(n, before.ByCategory[c.Slug], published[c.Slug])
		case c.Kind == civic.Need:
			counts.rate = newRate(n, int(q.area.Residents))
			s.total.now += n
			s.total.before += before.ByCategory[c.Slug]
			s.compared = append(s.compared, c.Slug)
		}
		s.categories = append(s.categories, counts)
	}
	slices.SortStableFunc(s.categories, func(a, b categoryCounts) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), b.now-a.now, b.before-a.before, b.ever-a.ever)
	})
	s.total = compare(s.total.now, q.now.days(), s.total.before, q.earlier.days())
	s.setRates(v)
	f := q.now.filter(slug)
	f.Kinds = []civic.Kind{civic.Need}
	resolution := d.DefaultResolution(f) // that of the pages of hotspots and coverage
	if s.hexes, err = v.Hexes(resolution, d.ShownIn(resolution, f)); err != nil {
		return nil, err
	}
	if s.clusters, err = s.findClusters(v, f); err != nil {
		return nil, err
	}
	if s.unheard, err = unheardOf(v, q.area.ID, &population); err != nil {
		return nil, err
	}
	for _, c := range s.of(civic.Need) {
		if c.ShownResolution() < resolution {
			s.hexOnly.Larger += c.now
		}
	}
	s.provenance = provenance.Of(v, f, now.Need, provenance.CountMethod)
	s.provenance.Cells, s.provenance.Resolution = len(s.hexes), resolution
	return s, nil
}

// hexOnlyCounts returns what is published of the pins of the season that are only
// counted, by category; nil while the database is unavailable.
func (h handlers) hexOnlyCounts(ctx context.Context, d *civic.District, q question) (map[string]*civic.HexOnlyCount, error) {
	byCategory := map[string]*civic.HexOnlyCount{}
	for _, c := range d.Categories {
		if c.Visibility == civic.HexOnly {
			byCategory[c.Slug] = &civic.HexOnlyCount{Category: c.Slug} // of which nothing is published
		}
	}
	if len(byCategory) == 0 {
		return byCategory, nil
	}
	f := q.now.filter(q.area.Slug)
	counts, err := h.Store.HexOnlyCounts(ctx, d, civic.HexOnlyQuery{From: f.From, Until: f.Until, Areas: []int32{q.area.ID}})
	if errors.Is(err, civic.ErrUnavailable) {
		return nil, nil
	}
	for _, c := range counts {
		byCategory[c.Category] = &c
	}
	return byCategory, err
}

// setRates sets the rates of needs of the area and of all areas together, where
// the population is known.
func (s *summary) setRates(v *index.Version) {
	s.areaRate = newRate(s.total.now, int(s.area.Residents))
	if s.areaRate == nil || len(v.District.Areas) < 2 {
		return
	}
	residents := 0
	var areas []string
	for _, a := range v.District.Areas {
		if a.Residents <= 0 {
			return
		}
		residents += int(a.Residents)
		areas = append(areas, a.Slug)
	}
	f := s.now.filter(areas...)
	f.Categories = s.compared
	all := v.Stats(f)
	s.districtRate = newRate(all.Need, residents)
}

// lastMonths returns the counts of the months up to the last, those without pins
// included.
func lastMonths(counted []index.MonthCounts, last civic.Month) []index.MonthCounts {
	all := make([]index.MonthCounts, shownMonths)
	for i := range all {
		all[i].Month = last - shownMonths + 1 + civic.Month(i)
	}
	for _, m := range counted {
		if i := int(m.Month - all[0].Month); i >= 0 && i < shownMonths {
			all[i] = m
		}
	}
	return all
}
