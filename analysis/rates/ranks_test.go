package rates_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/analysis/rates"
)

func TestRanks(t *testing.T) {
	for name, c := range map[string]struct {
		counts     []int
		population []float64
		want       []rates.RankInterval
	}{
		"nothing":           {nil, nil, []rates.RankInterval{}},
		"one":               {[]int{7}, []float64{100}, []rates.RankInterval{{1, 1, 1}}},
		"far apart":         {[]int{10, 500, 90}, []float64{1000, 1000, 1000}, []rates.RankInterval{{3, 3, 3}, {1, 1, 1}, {2, 2, 2}}},
		"equal":             {[]int{20, 20, 20}, []float64{500, 500, 500}, []rates.RankInterval{{1, 1, 3}, {1, 1, 3}, {1, 1, 3}}},
		"nothing counted":   {[]int{0, 0}, []float64{500, 500}, []rates.RankInterval{{1, 1, 2}, {1, 1, 2}}},
		"without residents": {[]int{4, 30, 2}, []float64{0, 100, 100}, []rates.RankInterval{{}, {1, 1, 1}, {2, 2, 2}}},
		"small and uncertain": {
			[]int{1, 200, 150}, []float64{3, 1000, 1000}, // 1 of 3 is the highest rate, and may be the lowest
			[]rates.RankInterval{{1, 1, 3}, {2, 1, 2}, {3, 2, 3}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(5) {
				if diff := cmp.Diff(c.want, rates.Ranks(c.counts, c.population, seed)); diff != "" {
					t.Errorf("seed %d: %s", seed, diff)
				}
			}
		})
	}
}

func TestRanksAreRepeatable(t *testing.T) {
	counts, population := []int{12, 9, 14, 30, 2}, []float64{900, 700, 800, 1500, 300}
	first := rates.Ranks(counts, population, 42)
	if diff := cmp.Diff(first, rates.Ranks(counts, population, 42)); diff != "" {
		t.Error(diff)
	}
	for i, r := range first {
		if r.Low > r.Rank || r.Rank > r.High {
			t.Errorf("%d: %+v", i, r)
		}
	}
}

func BenchmarkRanks(b *testing.B) {
	counts, population := make([]int, 20), make([]float64, 20)
	for i := range counts {
		counts[i], population[i] = 10*i+5, 5000
	}
	for b.Loop() {
		rates.Ranks(counts, population, 1)
	}
}
