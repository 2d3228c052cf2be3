package hotspots

import (
	"context"
	"fmt"
	"math"
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
					s := newStream(o.Seed, uint64(g.cells[i]))
					p[i] = drawnP(others, k, g.sumAround(i, values), d.tolerance(), o.Permutations, s)
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
func drawnP(others []float64, k int, observed, tolerance float64, n int, s *stream) float64 {
	low, high := observed-tolerance, observed+tolerance
	greater, less := 0, 0
	for range n {
		sum := 0.0
		for j := range k {
			at := j + s.below(len(others)-j)
			others[j], others[at] = others[at], others[j]
			sum += others[j]
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

// stream is a stream of random numbers of one cell.
type stream struct {
	source *rand.PCG
	word   uint64 // whose lower half is next, when odd
	odd    bool
}

// newStream returns the stream of a cell. Both seeds are mixed, since indexes of
// neighbouring cells differ in a few bits.
func newStream(seed, cell uint64) *stream {
	return &stream{source: rand.NewPCG(mix(seed), mix(cell))} // #nosec G404 -- a simulation that must be repeatable
}

// below returns a uniform number from 0 to n-1, for n below 2^32 (D. Lemire,
// "Fast random integer generation in an interval", 2019).
func (s *stream) below(n int) int {
	for {
		if !s.odd {
			s.word = s.source.Uint64()
		} else {
			s.word >>= 32
		}
		s.odd = !s.odd
		product := uint64(uint32(s.word)) * uint64(n)
		if low := uint32(product); low >= uint32(n) || low >= -uint32(n)%uint32(n) {
			return int(product >> 32)
		}
	}
}

// mix returns a bijection of x in which every bit depends on all of x
// (splitmix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
