package areas

import (
	"slices"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/charts"
)

// monthChart returns the chart of pins by month, in which both seasons are
// marked.
func (b viewOf) monthChart() charts.Months {
	highest := slices.MaxFunc(b.months, func(x, y index.MonthCounts) int { return x.Total() - y.Total() })
	return charts.Months{
		Head: charts.Head{ID: "months", Title: b.Text("area.chart.title"), Description: b.Text("area.chart.description",
			"n", highest.Total(), "month", b.Month(highest.Month), "from", b.Month(b.months[0].Month), "to", b.Month(b.now.to))},
		Months: b.months,
		Bands: []charts.Band{
			{Label: b.Text("area.band.before"), From: b.earlier.from, To: b.earlier.to},
			{Label: b.Text("area.band.now"), From: b.now.from, To: b.now.to},
		},
	}
}

// cellChart returns the map of needs by cell, with the hotspots.
func (b viewOf) cellChart() charts.Cells {
	counts := make([]int, len(b.hexes))
	withNeeds, most := 0, 0
	for i, hex := range b.hexes {
		counts[i], most = hex.Need, max(most, hex.Need)
		if hex.Need > 0 {
			withNeeds++
		}
	}
	breaks := charts.CountBreaks(counts)
	chart := charts.Cells{
		Head: charts.Head{ID: "cells", Title: b.Text("area.cells.title", "period", b.period(b.now)), Description: b.Text("area.cells.description",
			"n", len(b.hexes), "with", withNeeds, "most", most)},
		Classes: charts.CountClasses(b.Messages, breaks), Boundaries: []orb.MultiPolygon{b.area.Boundary},
	}
	for i, hex := range b.hexes {
		chart.Cells = append(chart.Cells, charts.Cell{Cell: hex.Cell, Class: charts.ClassOf(breaks, counts[i]), Title: b.Text("area.cells.needs", "n", counts[i])})
	}
	if hot := b.clusters[0].hot; len(hot) > 0 {
		chart.Classes = append(chart.Classes, charts.CellClass{Style: "is-clear", Hatched: true, Label: b.Text("area.clusters.key")})
		for _, c := range hot {
			chart.Cells = append(chart.Cells, charts.Cell{Cell: c, Class: len(chart.Classes) - 1, Title: b.Text("area.clusters.key")})
		}
	}
	return chart
}

// rateChart returns the chart of rates, or nil where the population is unknown.
func (b viewOf) rateChart() *charts.Bars {
	if b.areaRate == nil || b.districtRate == nil {
		return nil
	}
	chart := charts.Bars{
		Head:    charts.Head{ID: "rates", Title: b.Text("area.rates.title", "period", b.period(b.now)), Description: b.Text("area.rates.description")},
		Heading: b.Text("filter.area"), Unit: b.Text("area.rates.unit"), Decimals: 1,
	}
	add := func(label text, r *rate) {
		chart.Groups = append(chart.Groups, charts.Group{Label: label.Text, Lang: label.Lang, Kind: civic.Need.String(), Bars: []charts.Bar{{Value: r.per1000, Low: r.interval.Low, High: r.interval.High}}})
	}
	add(b.text(b.area.Name), b.areaRate)
	add(text{Text: b.Text("area.rates.all")}, b.districtRate)
	return &chart
}
