// Package charts draws charts as SVG on the server: bars with intervals, months
// with stacked kinds, and cells on a map. Each has a title, a description for
// screen readers and, below it, its numbers as a table.
//
// A chart is the data of a template of the same name, which a page includes:
//
//	{{template "bars" .View.Needs}}
//
// Positions across are shares of the width, so that a chart is as wide as there
// is room and its text keeps its size. Colours are in web/ui/src/styles/charts.css;
// what a colour says, a pattern, a position or a word says too.
package charts

import (
	"embed"
	"math"
)

// Files contains the templates and the texts.
//
//go:embed templates/*.html locales/*.json
var Files embed.FS

// Head is what all charts have.
type Head struct {
	ID          string // in the page: lower-case letters, digits and hyphens
	Title       string
	Description string // what the chart shows, in a sentence, for those who do not see it
}

// percent returns a share as a percentage with two decimals.
func percent(share float64) float64 { return math.Round(share*10000) / 100 }

// ceiling returns the least of 1, 2, 5, 10, 20, 50, 100 and so on that is not less than v,
// or 1 for what is not positive.
func ceiling(v float64) float64 {
	if !(v > 0) {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, step := range []float64{1, 2, 5} {
		if v <= step*power*(1+1e-9) {
			return step * power
		}
	}
	return 10 * power
}
