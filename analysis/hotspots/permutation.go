package hotspots

import (
	"context"
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
)

// permutationP returns the conditional permutation p of every cell, two-sided:
// NaN without permutations, where all values are equal, and for a cell that has
// no neighbours or no others to exchange them with. The work is spread over all
// cores.
func permutationP(g *Grid, values []float64, d distribution, o Options) ([]float64, error) {
	p := make([]float64, len(values))
	for i := range p {
		p[i] = math.NaN()
	}
	if o.Permutations == 0 || d.constant() {
		return p, nil
	}
	var next atomic.Int64
	var stopped atomic.Bool
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(values)) {
		workers.Go(func() {
			others := make([]float64, len(values)-1)
			for i := int(next.Add(1)) - 1; i < len(values); i = int(next.Add(1)) - 1 {
				select {
				case <-o.Done:
					stopped.Store(true)
					return
				default:
				}
				if k := len(g.around(i)); k > 0 && k < len(others) {
					copy(others, values[:i])
					copy(others[i:], values[i+1:])
					random := newRandom(o.Seed, uint64(g.cells[i]))
					p[i] = drawnP(others, k, g.sumAround(i, values), d.tolerance(), o.Permutations, random)
				}
			}
		})
	}
	workers.Wait()
	if stopped.Load() {
		return nil, fmt.Errorf("permute %d cells: %w", len(values), context.Canceled)
	}
	return p, nil
}

// tolerance returns by how much two sums of the same values in another order
// may differ, because each addition rounds. It is far below 1 for counts.
func (d distribution) tolerance() float64 { return 1e-12 * d.total }

// drawnP returns the two-sided p of the observed sum of k values among those
// of n draws of k of the others without replacement. It reorders others.
//
// Each draw is the beginning of a Fisher–Yates shuffle. It leaves the values in
// another order, from which the next draw is as uniform as from the first.
func drawnP(others []float64, k int, observed, tolerance float64, n int, random *rand.PCG) float64 {
	low, high := observed-tolerance, observed+tolerance
	greater, less := 0, 0
	for range n {
		sum := 0.0
		for from := 0; from < k; from += batch {
			sum += shuffle(others, from, min(from+batch, k), random)
		}
		if sum >= low {
			greater++
		}
		if sum <= high {
			less++
		}
	}
	return min(1, 2*float64(min(greater, less)+1)/float64(n+1))
}

// batch is how many positions follow from one random word: as many as leave
// words that are rejected rare in grids of up to maxCells.
const batch = 3

// shuffle exchanges each of the values from one position to another, at most a
// batch, with itself or a random one after it, and returns their sum.
//
// The integer parts of a uniform fraction multiplied by one bound after the
// other are uniform and independent if few fractions are rejected (N.
// Brackett-Rozinsky and D. Lemire, "Batched ranged random integer generation",
// Software: Practice and Experience 55, 2025).
func shuffle(values []float64, from, to int, random *rand.PCG) float64 {
	var at [batch]uint64
	for {
		word, combinations := random.Uint64(), uint64(1)
		for j := from; j < to; j++ {
			bound := uint64(len(values) - j)
			at[j-from], word = bits.Mul64(word, bound)
			combinations *= bound
		}
		if word >= combinations || word >= -combinations%combinations {
			break
		}
	}
	sum := 0.0
	for j := from; j < to; j++ {
		other := j + int(at[j-from])
		values[j], values[other] = values[other], values[j]
		sum += values[j]
	}
	return sum
}

// newRandom returns the random numbers of a cell. Both seeds are mixed, since
// the indexes of neighbouring cells differ in a few bits.
func newRandom(seed, cell uint64) *rand.PCG {
	return rand.NewPCG(mix(seed), mix(cell)) // #nosec G404 -- a simulation must be repeatable
}

// mix returns a bijection of x in which every bit depends on all of x
// (splitmix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
