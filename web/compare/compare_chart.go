package compare

import (
	"github.com/pinezka/pinezka/web/charts"
)

// chart returns the rates of all groups with their intervals.
func (w words) chart() charts.Bars {
	c := charts.Bars{
		Head:    charts.Head{ID: "rates", Title: w.Text("compare.chart", "unit", w.unit()), Description: w.Text("compare.chart_text", "n", len(w.groups))},
		Heading: w.Text("compare.column." + w.sidesAre()), Unit: w.Text("compare.column.rate", "unit", w.unit()), Decimals: w.decimals(),
	}
	for i := range w.periods {
		if len(w.periods) > 1 && len(w.sides) > 1 {
			c.Series = append(c.Series, w.period(i))
		}
	}
	bar := func(g group) charts.Bar {
		s := w.scale()
		i := g.interval.Scale(s)
		b := charts.Bar{Value: g.rate * s, Low: i.Low, High: i.High}
		if w.sides[g.side].grouped {
			b.Note = w.Text("compare.verdict.grouped")
		}
		return b
	}
	for i := range w.sides {
		name, lang := w.side(i)
		side := charts.Group{Label: name, Lang: lang}
		for _, g := range w.groups {
			if g.side == i {
				side.Bars = append(side.Bars, bar(g))
			}
		}
		c.Groups = append(c.Groups, side)
	}
	if len(w.sides) == 1 {
		c.Groups = nil
		for i, g := range w.groups {
			c.Groups = append(c.Groups, charts.Group{Label: w.period(i), Bars: []charts.Bar{bar(g)}})
		}
	}
	return c
}

// sidesAre returns what the sides are: "area", "category", or "period" where there
// is one side.
func (r *result) sidesAre() string {
	if by := r.by(); by != byNothing {
		return string(by)
	}
	return string(byPeriod)
}

// decimals returns how many decimals the rates of the chart have.
func (w words) decimals() int {
	highest := 0.0
	for _, g := range w.groups {
		if v := g.rate * w.scale(); v > highest {
			highest = v
		}
	}
	switch {
	case highest >= 100:
		return 0
	case highest >= 10:
		return 1
	}
	return 2
}
