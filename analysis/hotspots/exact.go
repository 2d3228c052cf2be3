package hotspots

import "math"

// maxLevels is the greatest level of a value. The time to count grows with the
// product of it and the number of different levels: with skewed values of a
// million pins in 5,000 cells it is some milliseconds.
const maxLevels = 2048

// levelsOf returns the values as whole numbers from 0: counts themselves, less
// the least of them, or else values rounded to maxLevels levels. A test with
// the levels is exact for either; rounding only makes it a little coarser.
func levelsOf(values []float64, d distribution) []int {
	scale := 1.0
	for _, v := range values {
		if v != math.Trunc(v) || d.greatest-d.least > maxLevels {
			scale = maxLevels / (d.greatest - d.least)
			break
		}
	}
	levels := make([]int, len(values))
	for i, v := range values {
		levels[i] = int(math.Round(scale * (v - d.least)))
	}
	return levels
}

// tails has the distribution of the sum of the levels of cells that are drawn
// without replacement from all cells.
type tails struct {
	greater, less [][]float64 // probabilities of a sum ≥ s and ≤ s, by the number of cells and s
}

// tailsOf returns the distributions for up to the given number of cells. It
// counts in how many ways so many cells have a sum, adding one level after the
// other with all cells that have it.
func tailsOf(levels []int, cells int) tails {
	highest := 0
	for _, l := range levels {
		highest = max(highest, l)
	}
	number := make([]int, highest+1) // of cells with each level
	for _, l := range levels {
		number[l]++
	}
	ways := make([][]float64, cells+1)
	for k := range ways {
		ways[k] = make([]float64, k*highest+1)
	}
	ways[0][0] = 1
	before := 0
	for level, m := range number {
		if m == 0 {
			continue
		}
		for k := cells; k > 0; k-- {
			combinations := 1.0
			for j := 1; j <= min(k, m); j++ { // j of the cells with this level
				combinations *= float64(m-j+1) / float64(j)
				sums := ways[k][j*level:]
				for s, w := range ways[k-j][:(k-j)*before+1] {
					sums[s] += combinations * w
				}
			}
		}
		before = level
	}
	t := tails{greater: ways, less: make([][]float64, cells+1)}
	for k := range ways {
		t.less[k] = make([]float64, len(ways[k]))
		sum := 0.0
		for s, w := range ways[k] {
			sum += w
			t.less[k][s] = sum
		}
		total := sum
		sum = 0
		for s := len(ways[k]) - 1; s >= 0; s-- {
			sum += ways[k][s]
			t.greater[k][s], t.less[k][s] = sum/total, t.less[k][s]/total
		}
	}
	return t
}

// p returns the two-sided p of the sum of the levels of so many cells, and
// whether it is that of the upper tail.
func (t tails) p(cells, sum int) (p float64, more bool) {
	greater, less := t.greater[cells][sum], t.less[cells][sum]
	return min(1, 2*min(greater, less)), greater < less
}
