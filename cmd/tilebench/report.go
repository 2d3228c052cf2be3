package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// report prints tables in Markdown.
type report struct{}

func (report) title(format string, args ...any) { fmt.Printf("\n## "+format+"\n", args...) }

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

// times are repeated measurements of a time.
type times []time.Duration

// at returns the quantile q, 0 to 1.
func (t times) at(q float64) time.Duration {
	if len(t) == 0 {
		return 0
	}
	s := slices.Clone(t)
	slices.Sort(s)
	return s[min(len(s)-1, int(q*float64(len(s))))]
}

func (t times) median() time.Duration { return t.at(0.5) }

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
