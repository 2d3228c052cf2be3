package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"
)

// samples are repeated measurements.
type samples[T cmp.Ordered] []T

type (
	times = samples[time.Duration]
	sizes = samples[int] // bytes
)

// at returns the quantile q, 0 to 1, by the nearest rank; zero without samples.
func (s samples[T]) at(q float64) (value T) {
	if len(s) == 0 {
		return value
	}
	sorted := slices.Sorted(slices.Values(s))
	rank := int(math.Ceil(q*float64(len(s)) - 1e-9))
	return sorted[max(rank, 1)-1]
}

func (s samples[T]) median() T { return s.at(0.5) }

// series are the times of one measurement, run by run.
type series []times

// all returns the times of all runs.
func (s series) all() times { return slices.Concat(s...) }

// median returns the median of all runs, and in brackets the least and the
// greatest median of a run.
func (s series) median() string {
	var medians times
	for _, run := range s {
		medians = append(medians, run.median())
	}
	text := duration(s.all().median())
	if len(medians) > 1 {
		text += fmt.Sprintf(" (%s–%s)", duration(slices.Min(medians)), duration(slices.Max(medians)))
	}
	return text
}

// quantile returns the quantile q of all runs, or a dash if there are fewer
// than five samples beyond it, as for p99 of fewer than 500.
func (s series) quantile(q float64) string {
	all := s.all()
	if !enough(len(all), q) {
		return "–"
	}
	return duration(all.at(q))
}

func enough(n int, q float64) bool { return float64(n)*(1-q) > 5-1e-6 }

// speedUp returns how many times less s takes than reference at the quantile q
// of all runs. In brackets are the least and the greatest of the runs, where
// each has enough samples.
func (s series) speedUp(reference series, q float64) string {
	all, other := s.all(), reference.all()
	if !enough(min(len(all), len(other)), q) {
		return "–"
	}
	total := number(over(other.at(q), all.at(q))) + "×"
	var runs samples[float64]
	for i, other := range reference[:min(len(s), len(reference))] {
		own := s[i]
		if !enough(min(len(own), len(other)), q) {
			return total
		}
		runs = append(runs, over(other.at(q), own.at(q)))
	}
	if len(runs) < 2 {
		return total
	}
	return total + fmt.Sprintf(" (%s–%s)", number(slices.Min(runs)), number(slices.Max(runs)))
}

func over(a, b time.Duration) float64 { return float64(a) / float64(max(1, b)) }
