package hotspots

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// sizes are the grid distances of diskGrid for about 1,000, 5,000 and 20,000
// cells.
var sizes = []int{18, 40, 81}

func BenchmarkNewGrid(b *testing.B) {
	for _, size := range sizes {
		g := diskGrid(b, size)
		b.Run(fmt.Sprintf("cells=%d", len(g.cells)), func(b *testing.B) {
			for b.Loop() {
				if _, err := NewGrid(g.cells); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkGetisOrd(b *testing.B) {
	for _, size := range sizes {
		g := diskGrid(b, size)
		values := counts(rand.New(rand.NewPCG(1, 1)), len(g.cells))
		for _, permutations := range []int{0, 9999} {
			b.Run(fmt.Sprintf("cells=%d/permutations=%d", len(g.cells), permutations), func(b *testing.B) {
				for b.Loop() {
					if _, err := GetisOrd(g, values, Options{Permutations: permutations}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
