package charts_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/charts"
)

// The longest of the bars and intervals takes the whole width.
func ExampleBars_Rows() {
	before := 3.0
	chart := charts.Bars{Groups: []charts.Group{
		{Label: "Płaszów", Bars: []charts.Bar{{Value: 6, Low: 4, High: 8, Mark: &before}}},
		{Label: "Bonarka", Bars: []charts.Bar{{Value: 2}}},
	}}
	for _, row := range chart.Rows() {
		fmt.Println(row.Label, row.BarY, row.Width, row.From, row.To, row.MarkX)
	}
	// Output:
	// Płaszów 22 75 50 100 37.5
	// Bonarka 66 25 0 0 0
}
