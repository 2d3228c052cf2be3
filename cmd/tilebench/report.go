package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// report prints tables in Markdown.
type report struct{}

func (report) title(format string, args ...any) { fmt.Printf("\n## "+format+"\n", args...) }

func (report) subtitle(format string, args ...any) { fmt.Printf("\n### "+format+"\n", args...) }

func (report) note(format string, args ...any) { fmt.Printf("\n"+format+"\n", args...) }

// table prints rows; the first is the header.
func (report) table(rows [][]string) {
	fmt.Println()
	for i, row := range rows {
		fmt.Println("| " + strings.Join(row, " | ") + " |")
		if i == 0 {
			fmt.Println("|" + strings.Repeat("---|", len(row)))
		}
	}
}

// samples are repeated measurements.
type samples[T cmp.Ordered] []T

type (
	times = samples[time.Duration]
	sizes = samples[int] // bytes
)

// at returns the quantile q, 0 to 1; zero without samples.
func (s samples[T]) at(q float64) (value T) {
	if len(s) == 0 {
		return value
	}
	sorted := slices.Sorted(slices.Values(s))
	return sorted[min(len(s)-1, int(q*float64(len(s))))]
}

func (s samples[T]) median() T { return s.at(0.5) }

func kilobytes(n int) string { return fmt.Sprintf("%.1f KB", float64(n)/1e3) }

func megabytes(n int) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

func round(d time.Duration) string {
	switch {
	case d < 10*time.Microsecond:
		return fmt.Sprintf("%.2f µs", float64(d)/1e3)
	case d < 10*time.Millisecond:
		return fmt.Sprintf("%.3f ms", float64(d)/1e6)
	}
	return fmt.Sprintf("%.0f ms", float64(d)/1e6)
}

// ratio returns a / b.
func ratio(a, b time.Duration) string {
	if b == 0 {
		return "–"
	}
	r := float64(a) / float64(b)
	if r >= 10 {
		return fmt.Sprintf("%.0f×", r)
	}
	return fmt.Sprintf("%.2f×", r)
}

// least returns the shortest time of n calls of f, which is disturbed least.
func least(n int, f func()) time.Duration {
	best := time.Duration(1<<63 - 1)
	for range n {
		begun := time.Now()
		f()
		best = min(best, time.Since(begun))
	}
	return best
}
