package coverage_test

import (
	"fmt"

	"github.com/pinezka/pinezka/analysis/coverage"
	"github.com/pinezka/pinezka/geo"
)

// Three cells in a row. In the first, 400 people live and 12 pins are; in the
// others, 300 people live, and nobody was heard.
func Example() {
	cells := []geo.Cell{0x891e2042267ffff, 0x891e204226fffff, 0x891e204226bffff}
	r, err := coverage.Of(cells, []float64{400, 180, 120}, []int{12, 0, 0}, coverage.DefaultMinimum)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.0f of %.0f people live where nobody was heard\n", r.SilentPeople, r.People)
	for _, n := range r.Neighbourhoods {
		fmt.Printf("%d cells, %.0f people, %.1f pins expected, clear: %v\n", len(n.Cells), n.People, n.Expected, n.Clear())
	}
	// Output:
	// 300 of 700 people live where nobody was heard
	// 2 cells, 300 people, 5.1 pins expected, clear: true
}
