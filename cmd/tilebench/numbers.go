package main

import (
	"context"
	"time"

	"github.com/pinezka/pinezka/civic"
)

// numbers compares the hexes and the statistics of the whole district with one
// pass over the days of all pins in memory.
func (b *bench) numbers(context.Context) error {
	const calls = 100 // in each run, so that five have enough for p99
	last := b.lastDay()
	f := civic.Filter{From: last - 400, Until: last - 99}
	n, days := 0, make([]civic.Day, len(b.rows))
	for i := range days {
		days[i] = b.rows[i].day
	}
	ways := []way{
		{"one pass over a column of days in memory that counts what matches", func() error {
			n = 0
			for _, day := range days {
				if day >= f.From && day < f.Until {
					n++
				}
			}
			return nil
		}},
		{"statistics", func() error { b.v.Stats(f); return nil }},
		{"hexes of resolution 9", func() error { _, err := b.v.Hexes(9, f); return err }},
	}
	taken, err := b.timeWays(ways, calls)
	if err != nil {
		return err
	}
	rows := [][]string{{"", "median (of runs)", "p99", "relative to one pass"}}
	for i, w := range ways {
		rows = append(rows, []string{w.name, taken[i].median(), taken[i].quantile(0.99), number(over(taken[i].all().median(), taken[0].all().median())) + "×"})
	}
	b.out.subtitle("Numbers of a whole district, with a month range that %d pins match", n)
	b.out.table(rows)
	b.out.note("Each: %d times in %d runs.", calls*b.runs, b.runs)
	return nil
}

func (b *bench) lastDay() civic.Day { return civic.DayOf(time.Now()) }
