package hotspots_test

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/analysis/hotspots"
	"github.com/pinezka/pinezka/geo"
)

// In a square of Kraków each cell has one pin, but one cell and its neighbours
// have six each.
func Example() {
	square := orb.MultiPolygon{{{{19.94, 50.03}, {19.97, 50.03}, {19.97, 50.05}, {19.94, 50.05}, {19.94, 50.03}}}}
	cells, _ := geo.Cover(square, 9, 1000)
	grid, _ := hotspots.NewGrid(cells)

	busy, _ := geo.CellAt(orb.Point{19.955, 50.04})
	around, _ := busy.Parent(9).Neighbours()
	counts := make([]float64, len(cells))
	for i, c := range grid.Cells() {
		counts[i] = 1
		if c == busy.Parent(9) {
			counts[i] = 6
		}
		for _, n := range around {
			if c == n {
				counts[i] = 6
			}
		}
	}

	result, err := hotspots.GetisOrd(grid, counts, hotspots.Options{Permutations: 999, Seed: 1})
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(len(result.Cells), "cells,", result.Total, "pins,", result.Minimum, "data, method", result.Method)
	for _, c := range result.Cells {
		if c.Cell == busy.Parent(9) {
			fmt.Printf("%v pins where %.1f are expected: z = %.2f, q = %.1g, %s\n", c.Sum, c.Expected, c.Z, c.Q, c.Class)
		}
	}
	// Output:
	// 63 cells, 98 pins, enough data, method gi*-1
	// 42 pins where 10.9 are expected: z = 7.87, q = 2e-13, very-hot
}

func ExampleBenjaminiHochberg() {
	fmt.Println(hotspots.BenjaminiHochberg([]float64{0.01, 0.04, math.NaN(), 0.03}))
	// Output: [0.03 0.04 NaN 0.04]
}
