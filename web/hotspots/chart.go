package hotspots

import (
	"slices"

	analysis "github.com/pinezka/pinezka/analysis/hotspots"
	"github.com/pinezka/pinezka/web/charts"
)

// maxDrawn is the number of hexagons that the chart can have. On a sheet of A4,
// so many are 3 mm wide.
const maxDrawn = 2500

// marks are the marks of the classes, which are those of the template
// hotspot_sign.
var marks = map[analysis.Class]string{
	analysis.VeryHot: "M6 13 10 9l4 4M6 9l4-4 4 4",
	analysis.Hot:     "M6 12l4-4 4 4",
	analysis.Cold:    "M6 8l4 4 4-4",
}

// chart returns the map of the hexagons for paper and for browsers without
// scripts, nil where there are too many.
func (v *view) chart(classes []classView, sentence string) *charts.Cells {
	if len(v.answer.Cells) > maxDrawn {
		return nil
	}
	out := &charts.Cells{Head: charts.Head{ID: "hotspots", Title: v.Text("ui.hotspots.legend"), Description: sentence}}
	for _, c := range classes {
		out.Classes = append(out.Classes, charts.CellClass{Style: "hotspot-" + c.Name, Label: c.Label, Mark: marks[c.class]})
	}
	for _, c := range v.answer.Cells {
		i := slices.IndexFunc(classes, func(x classView) bool { return x.class == c.Class })
		out.Cells = append(out.Cells, charts.Cell{Cell: c.Cell, Class: i})
	}
	for _, a := range v.District.Areas {
		if len(v.filter.Areas) == 0 || slices.Contains(v.filter.Areas, a.Slug) {
			out.Boundaries = append(out.Boundaries, a.Boundary)
		}
	}
	return out
}
