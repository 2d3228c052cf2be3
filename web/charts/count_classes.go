package charts

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/pinezka/pinezka/web/i18n"
)

// maxClasses is the number of classes of counts, as many as there are colours.
const maxClasses = 5

// CountBreaks returns the lower bounds of at most five classes for counts: round
// numbers (1, 2, 5, 10, 20, 50, …) that begin with 1 and divide the counts about
// evenly. It returns none where all are 0. They are those of the hexes on the
// map in the browser (web/ui/src/map/class-breaks.ts).
func CountBreaks(counts []int) []int {
	var sorted, candidates []int
	for _, n := range counts {
		if n > 0 {
			sorted = append(sorted, n)
		}
	}
	if len(sorted) == 0 {
		return nil
	}
	slices.Sort(sorted)
	for power, highest := 1, sorted[len(sorted)-1]; power <= highest; power *= 10 {
		for _, n := range []int{power, 2 * power, 5 * power} {
			if n <= highest {
				candidates = append(candidates, n)
			}
		}
	}
	if len(candidates) <= maxClasses {
		return candidates
	}
	breaks := []int{1}
	for i := 1; i < maxClasses; i++ {
		// The upper classes contain fewer cells, so that those with most pins stand out.
		quantile := sorted[int(float64(len(sorted))*(1-math.Pow(1-float64(i)/maxClasses, 1.5)))]
		next := 0
		for _, n := range candidates {
			if n > breaks[len(breaks)-1] && (next == 0 || distance(n, quantile) < distance(next, quantile)) {
				next = n
			}
		}
		if next > 0 {
			breaks = append(breaks, next)
		}
	}
	return breaks
}

func distance(a, b int) int { return max(a-b, b-a) }

// CountClasses returns the class of no pins and those of breaks, by which ClassOf
// returns the class of a count.
func CountClasses(m *i18n.Messages, breaks []int) []CellClass {
	classes := []CellClass{{Style: "count-0", Label: "0"}}
	for i, low := range breaks {
		label := m.Number(low)
		switch {
		case i == len(breaks)-1:
			label += "+"
		case breaks[i+1]-1 > low:
			label = fmt.Sprintf("%s–%s", label, m.Number(breaks[i+1]-1))
		}
		classes = append(classes, CellClass{Style: "count-" + strconv.Itoa(i+1), Label: label})
	}
	return classes
}

// ClassOf returns the index in CountClasses of a count.
func ClassOf(breaks []int, n int) int {
	i, exact := slices.BinarySearch(breaks, n)
	if exact {
		i++
	}
	return i
}
