package hotspots

import (
	"context"
	"fmt"
	"slices"

	"github.com/pinezka/pinezka/analysis/trends"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/charts"
	"github.com/pinezka/pinezka/web/provenance"
)

const (
	trendMethod = "mann-kendall-1"
	trendMonths = 24 // at most: two whole years, so that each season is in it as often
	// leastOfTrend is the least number of needs of which a trend is tested. Of
	// fewer, two or three in the last months would be one.
	leastOfTrend = 10
)

// trend says whether the needs in a cell and its neighbours, by month, rise or
// fall. Pins that are only counted are left out: they count in the last month of
// their group, which says little about when they were reported.
type trend struct {
	trends.Trend

	months     []index.MonthCounts // that have ended; none where nothing is counted
	needs      int
	leftOut    bool     // whether categories that the question selects are
	categories []string // that are counted
	provenance provenance.Provenance
}

// trend returns the trend around a cell of the needs that a question selects, in
// the last months that have ended and are within its period. They begin after the
// month of the first pin of the district, which need not be a whole one.
func (h *Hotspots) trend(ctx context.Context, q *question, cell geo.Cell) (*trend, error) {
	around, err := cell.Neighbours()
	if err != nil {
		return nil, fmt.Errorf("trend: %w", err)
	}
	all, err := h.Stats(ctx, q.whole, civic.Filter{})
	if err != nil {
		return nil, err
	}
	if err := h.Rendering.Acquire(ctx); err != nil {
		return nil, err
	}
	defer h.Rendering.Release(ctx)
	t := trend{Trend: trends.MannKendall(nil)}
	f := q.filter
	f.Categories, t.leftOut = q.needs()
	t.categories = f.Categories
	if len(f.Categories) > 0 && len(all.ByMonth) > 0 {
		first, last := wholeMonths(f, h.Today(&q.District).Month()-1)
		for m := max(first, all.ByMonth[0].Month+1); m <= last; m++ {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			f.From, f.Until = m.First(), m.Last()+1
			counts := index.MonthCounts{Month: m}
			for _, hex := range q.HexesWithPins(cell.Resolution(), f) {
				if hex.Cell == cell || slices.Contains(around, hex.Cell) {
					counts.Need += hex.Need
				}
			}
			t.needs += counts.Need
			t.months = append(t.months, counts)
		}
	}
	if len(t.months) > 0 {
		f.From = t.months[0].Month.First()
	}
	if t.needs >= leastOfTrend && len(t.months) >= trends.MinLength {
		t.Trend = trends.MannKendall(t.values())
	}
	t.provenance = provenance.Of(q.Version, f, t.needs, trendMethod)
	t.provenance.Cells, t.provenance.Resolution, t.provenance.Distance = 1+len(around), cell.Resolution(), 1
	return &t, nil
}

// wholeMonths returns the first and the last of the months up to the last one
// that has ended that are within the period of a filter as a whole.
func wholeMonths(f civic.Filter, ended civic.Month) (first, last civic.Month) {
	last = ended
	if f.Until > 0 {
		last = min(last, f.Until.Month()-1)
	}
	first = f.From.Month()
	if f.From > first.First() {
		first++
	}
	return max(first, last-trendMonths+1), last
}

// needs returns the categories of needs that a question selects, and whether
// there are others among them whose pins are only counted.
func (q *question) needs() (counted []string, othersLeftOut bool) {
	for _, c := range q.District.Categories {
		switch {
		case c.Kind != civic.Need || !q.filter.SelectsCategory(c):
		case c.Visibility == civic.HexOnly:
			othersLeftOut = true
		default:
			counted = append(counted, c.Slug)
		}
	}
	return counted, othersLeftOut
}

// values returns the counts of the months.
func (t *trend) values() []float64 {
	values := make([]float64, len(t.months))
	for i, m := range t.months {
		values[i] = float64(m.Need)
	}
	return values
}

// trendView is a trend on the page.
type trendView struct {
	Sentence string
	Chart    *charts.Months // nil without needs
	LeftOut  bool
	made     []string // how it was computed
}

// trendView returns what the page says of a trend, or nil if the question selects
// no needs.
func (v *view) trendView(t *trend) *trendView {
	if len(t.categories) == 0 && !t.leftOut {
		return nil
	}
	f := civic.Filter{Kinds: []civic.Kind{civic.Need}}
	if len(v.filter.Categories) > 0 {
		f.Categories = t.categories
	}
	of := v.of(f)
	out := &trendView{LeftOut: t.leftOut}
	direction := t.Direction()
	if direction == trends.Undefined {
		out.Sentence = v.Text("hotspots.trend.undefined", "of", of, "months", trends.MinLength, "needs", leastOfTrend)
	}
	if t.needs == 0 {
		return out
	}
	from, to := v.Month(t.months[0].Month), v.Month(t.months[len(t.months)-1].Month)
	if direction != trends.Undefined {
		out.Sentence = v.Text("hotspots.trend."+direction.String(), "of", of, "from", from, "to", to)
		out.made = []string{
			v.Text("hotspots.trend_method", "n", len(t.months), "tau", v.Decimal(t.Tau, 2), "p", v.probability(t.P)),
			t.provenance.Sentence(v.Messages),
		}
	}
	highest := slices.MaxFunc(t.months, func(a, b index.MonthCounts) int { return a.Need - b.Need })
	out.Chart = &charts.Months{
		Head: charts.Head{ID: "trend", Title: v.Text("hotspots.trend_chart", "of", of), Description: v.Text("hotspots.trend_chart.description",
			"n", highest.Need, "month", v.Month(highest.Month), "from", from, "to", to)},
		Months: t.months,
	}
	return out
}
