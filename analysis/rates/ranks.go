package rates

import (
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// RankInterval is the place of a rate among others, of which the highest has
// rank 1, with the ranks that it may have as well. All are 0 where there is no
// rate.
type RankInterval struct{ Rank, Low, High int }

// draws is how often Ranks draws all rates. With 4,000, the probability at a
// limit is off by at most half a percentage point (two standard errors).
const draws = 4000

// RankSeed is the seed of ranks that everybody sees, so that they are the same.
const RankSeed = 14

// Ranks returns the rank of the rate of each count, and between which ranks it
// is with a probability of 95 % (Marshall and Spiegelhalter 1998, Reliability of
// league tables of in vitro fertilisation clinics, BMJ 316, 1701–1704): rates
// are drawn again and again from what is known of them after the counts, gamma
// distributions with shape count + ½ and rate population (the prior of
// Jeffreys), and ranked each time. Equal rates share the first of their ranks.
//
// Each count draws from a stream of its own, given by seed and its position, so
// the same seed returns the same intervals. counts and population have the same
// length.
func Ranks(counts []int, population []float64, seed uint64) []RankInterval {
	ranks := make([]RankInterval, len(counts))
	var ranked []int // positions of the counts that have a rate
	for i, x := range counts {
		if defined(x, population[i]) {
			ranked = append(ranked, i)
		}
	}
	drawn := make([][draws]float64, len(ranked))
	for j, i := range ranked {
		rate := float64(counts[i]) / population[i]
		ranks[i].Rank = 1
		for _, other := range ranked {
			if float64(counts[other])/population[other] > rate {
				ranks[i].Rank++
			}
		}
		known := distuv.Gamma{Alpha: float64(counts[i]) + 0.5, Beta: population[i], Src: rand.NewPCG(seed, uint64(i))}
		for d := range drawn[j] {
			drawn[j][d] = known.Rand()
		}
	}
	for j, found := range drawnRanks(drawn) {
		slices.Sort(found)
		i := ranked[j]
		ranks[i].Low = min(ranks[i].Rank, found[int(lowerTail*draws)])
		ranks[i].High = max(ranks[i].Rank, found[int(upperTail*draws)-1])
	}
	return ranks
}

// drawnRanks returns the ranks of each rate in all draws.
func drawnRanks(drawn [][draws]float64) [][]int {
	ranks := make([][]int, len(drawn))
	order := make([]int, len(drawn))
	for j := range drawn {
		ranks[j] = make([]int, draws)
		order[j] = j
	}
	for d := range draws {
		slices.SortFunc(order, func(a, b int) int {
			if drawn[a][d] > drawn[b][d] {
				return -1
			}
			return 1
		})
		for rank, j := range order {
			ranks[j][d] = rank + 1
		}
	}
	return ranks
}
