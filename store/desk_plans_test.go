package store_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
)

// TestDeskQueueUsesItsIndexes checks the plans of the statements of the queue where
// 100,000 pins wait: each reads from an index what a page needs, in its order or of
// few, whether the planner has statistics of the tables or not, as after a restore
// or a first import.
func TestDeskQueueUsesItsIndexes(t *testing.T) {
	if testing.Short() {
		t.Skip("it adds 100,000 pins")
	}
	s, d, conn := open(t)
	for _, statement := range []string{
		`alter table pins set (autovacuum_enabled = off)`, `alter table things set (autovacuum_enabled = off)`, `set plan_cache_mode = force_custom_plan`,
	} {
		if _, err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	waitingPins(t, conn, 100_000)
	items, err := s.DeskQueue(t.Context(), d, moderator, civic.QueueQuery{Queue: civic.Waiting, Limit: 500})
	if err != nil {
		t.Fatal(err)
	}
	last := items[len(items)-1]
	next := &civic.QueueCursor{Since: last.Since, ID: last.ID}
	for _, statistics := range []string{"", "analyze pins, things"} {
		if _, err := conn.Exec(t.Context(), statistics); err != nil {
			t.Fatal(err)
		}
		for name, test := range map[string]struct {
			query   civic.QueueQuery
			indexes string // one of them
		}{
			"first page":    {civic.QueueQuery{}, "pins_waiting"},
			"next page":     {civic.QueueQuery{After: next}, "pins_waiting"},
			"next one":      {civic.QueueQuery{After: next, Limit: 2}, "pins_waiting"},
			"area":          {civic.QueueQuery{Areas: []int32{1}}, "pins_waiting pins_waiting_area"},
			"category":      {civic.QueueQuery{Category: 1}, "pins_waiting pins_waiting_category"},
			"rare category": {civic.QueueQuery{Category: 2}, "pins_waiting_category"},
			"flag":          {civic.QueueQuery{Flag: 8}, "things_flagged pins_waiting"},
			"rare flag":     {civic.QueueQuery{Flag: 16}, "things_flagged"},
			"all":           {civic.QueueQuery{Flag: 8, Category: 1, Areas: []int32{1}, After: next}, "things_flagged pins_waiting pins_waiting_area"},
		} {
			if test.query.Limit == 0 {
				test.query.Limit = 21
			}
			rows, _ := conn.Query(t.Context(), "explain (analyze, buffers, costs off, timing off)"+store.DeskQueueSQL, store.DeskQueueArgs(d, test.query))
			lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
			if err != nil {
				t.Fatal(err)
			}
			plan := strings.Join(lines, "\n")
			index := regexp.MustCompile(`using (?:` + strings.ReplaceAll(test.indexes, " ", "|") + `) on `)
			if !index.MatchString(plan) || strings.Contains(plan, "Seq Scan") || strings.Contains(plan, "Removed by Join Filter") {
				t.Errorf("%s, after %q:\n%s", name, statistics, plan)
			}
		}
	}
}
