package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
)

// leaf is a published count as the tables have it.
type leaf struct {
	ID             int64
	Category, Area int32
	From, To       string
	Pins, Voices   int
	Counted        int // pins that it is known to count
}

func leaves(t *testing.T, conn *pgx.Conn) []leaf {
	t.Helper()
	rows, _ := conn.Query(t.Context(), `
		select leaf_id, category_id, area_id, to_char(from_month, 'YYYY-MM'), to_char(to_month, 'YYYY-MM'), pins, voices,
		  (select count(*) from leaf_pins where leaf_pins.leaf_id = leaves.leaf_id)
		from leaves
		order by leaf_id`)
	out, err := pgx.CollectRows(rows, pgx.RowToStructByPos[leaf])
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// counts returns the pins of leaves that a follower reads.
func counts(t *testing.T, s *store.Store, since civic.Position) (pins []civic.MapPin, next civic.Position) {
	t.Helper()
	changes, err := s.Changes(t.Context(), since, func(p civic.MapPin) {
		if p.ID > 1<<53 {
			pins = append(pins, p)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return pins, changes.Next
}

// addFears adds a hex-only pin of each of n residents somewhere in the west, in
// the month that begins with a day.
func addFears(t *testing.T, s *store.Store, d *civic.District, r *rand.Rand, month civic.Day, n int) (ids []int64) {
	t.Helper()
	for i := range n {
		ids = append(ids, add(t, s, d, civic.Draft{
			Category: "fear", Title: "Fear", Point: [2]float64{19.901 + 0.048*r.Float64(), 50.001 + 0.098*r.Float64()},
			ReportedOn: month + civic.Day(r.IntN(28)), Email: fmt.Sprintf("resident-%d-%d@example.org", month, i),
		}, civic.Published))
	}
	return ids
}

func day(year int, month time.Month, day int) civic.Day {
	return civic.DayOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// TestPublishCounts follows the counts of a hex-only category over months: nothing
// before a month has ended and enough people have reported, all of it afterwards,
// and none of it ever again.
func TestPublishCounts(t *testing.T) {
	s, d, conn := open(t)
	add(t, s, d, civic.Draft{Category: "trees", Title: "Tree", Point: [2]float64{19.91, 50.05}, ReportedOn: day(2024, 1, 5)}, civic.Published)
	r := rand.New(rand.NewPCG(1, 1))
	publishOn := func(on civic.Day) int {
		t.Helper()
		n, err := s.PublishCounts(t.Context(), d.Slug, on.Time())
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	addFears(t, s, d, r, day(2024, 1, 1), 4)
	march := addFears(t, s, d, r, day(2024, 3, 1), 20)
	if n := publishOn(day(2024, 3, 31)); n != 0 {
		t.Errorf("%d pins are counted before their month has ended", n)
	}
	if n := publishOn(day(2024, 7, 1)); n != 24 {
		t.Errorf("%d pins are counted, want 24", n)
	}
	first := leaves(t, conn)
	pins := 0
	for _, l := range first {
		pins += l.Pins
		if l.Voices < 5 || l.Counted != l.Pins || l.From != "2024-01" || l.To != "2024-06" {
			t.Errorf("leaf %+v", l)
		}
	}
	if pins != 24 || len(first) < 2 {
		t.Errorf("%d pins in %d leaves", pins, len(first))
	}
	rows, next := counts(t, s, civic.Position{})
	if len(rows) != 24 {
		t.Errorf("a follower reads %d pins", len(rows))
	}

	// Whatever becomes of the pins, the counts stay.
	if _, err := hide(t, s, d, moderator, march[:10], "off_topic"); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), `delete from pins where pin_id = $1`, march[11]); err != nil {
		t.Fatal(err)
	}
	late := addFears(t, s, d, r, day(2024, 2, 1), 30) // of months that are counted already
	if n := publishOn(day(2024, 7, 31)); n != 0 {
		t.Errorf("%d pins are counted in closed months", n)
	}
	if rows, _ := counts(t, s, next); len(rows) > 0 {
		t.Errorf("a follower reads %d changed pins", len(rows))
	}
	if n := publishOn(day(2025, 1, 1)); n != len(late) {
		t.Errorf("%d late pins are counted, want %d", n, len(late))
	}
	after := leaves(t, conn)
	for i := range first {
		first[i].Counted, after[i].Counted = 0, 0
	}
	if diff := cmp.Diff(first, after[:len(first)]); diff != "" {
		t.Errorf("leaves have changed (-before +after):\n%s", diff)
	}
	for _, l := range after[len(first):] {
		if l.From != "2024-07" || l.To < l.From {
			t.Errorf("a leaf of late reports: %+v", l)
		}
	}
}

// TestFewVoices checks that what four people have reported waits, and is counted
// with what a fifth reports later.
func TestFewVoices(t *testing.T) {
	s, d, conn := open(t)
	r := rand.New(rand.NewPCG(5, 5))
	addFears(t, s, d, r, day(2024, 1, 1), 4)
	if n, err := s.PublishCounts(t.Context(), d.Slug, day(2024, 7, 1).Time()); err != nil || n != 0 || len(leaves(t, conn)) != 0 {
		t.Errorf("%d pins of 4 people are counted (%v)", n, err)
	}
	addFears(t, s, d, r, day(2024, 2, 1), 1)
	for _, on := range []civic.Day{day(2024, 7, 2), day(2024, 12, 31)} { // neither tells when it came
		if n, err := s.PublishCounts(t.Context(), d.Slug, on.Time()); err != nil || n != 0 {
			t.Errorf("%d pins are counted on %s (%v)", n, on, err)
		}
	}
	if n, err := s.PublishCounts(t.Context(), d.Slug, day(2025, 1, 1).Time()); err != nil || n != 5 {
		t.Errorf("%d pins of 5 people are counted (%v)", n, err)
	}
}

// TestAnonymousVoices checks that what nobody is known to have sent does not count
// as several people on one day in one cell.
func TestAnonymousVoices(t *testing.T) {
	for _, test := range []struct {
		days int
		want int
	}{{1, 0}, {4, 0}, {5, 10}} {
		t.Run(fmt.Sprint(test.days), func(t *testing.T) {
			s, d, _ := open(t)
			for i := range 10 {
				on := day(2024, 1, 1) + civic.Day(i%test.days)
				add(t, s, d, civic.Draft{Category: "fear", Title: "Fear", Point: [2]float64{19.91, 50.05}, ReportedOn: on}, civic.Published)
			}
			if n, err := s.PublishCounts(t.Context(), d.Slug, day(2024, 7, 1).Time()); err != nil || n != test.want {
				t.Errorf("%d pins are counted (%v), want %d", n, err, test.want)
			}
		})
	}
}

// TestSensitiveCategory checks that counts of a sensitive category are of ten
// people, and of cells of resolution 8.
func TestSensitiveCategory(t *testing.T) {
	s, d, conn := open(t)
	if _, err := conn.Exec(t.Context(), `update categories set sensitive = true where slug = 'fear'`); err != nil {
		t.Fatal(err)
	}
	addFears(t, s, d, rand.New(rand.NewPCG(2, 2)), day(2024, 1, 1), 60)
	n, err := s.PublishCounts(t.Context(), d.Slug, day(2024, 7, 1).Time())
	if err != nil || n < 50 { // the larger cells of some are beyond the area
		t.Fatalf("%d pins are counted (%v)", n, err)
	}
	for _, l := range leaves(t, conn) {
		if l.Voices < 10 {
			t.Errorf("leaf %+v", l)
		}
	}
	rows, _ := counts(t, s, civic.Position{})
	if len(rows) != n {
		t.Errorf("a follower reads %d pins, want %d", len(rows), n)
	}
	for _, p := range rows {
		if p.Shown.Cell != p.Shown.Cell.Parent(8).CentreChild() {
			t.Errorf("counted in %s, which is not the centre of a cell of resolution 8", p.Shown.Cell)
		}
	}
	if _, err := conn.Exec(t.Context(), `update categories set sensitive = true where slug = 'trees'`); err == nil {
		t.Error("a category whose pins are shown can be sensitive")
	}
}

// TestLeavesFollowAreas checks that a new boundary moves leaves to the areas in
// which they are shown, and that nothing else of a leaf can be changed.
func TestLeavesFollowAreas(t *testing.T) {
	s, d, conn := open(t)
	addFears(t, s, d, rand.New(rand.NewPCG(3, 3)), day(2024, 1, 1), 20)
	if _, err := s.PublishCounts(t.Context(), d.Slug, day(2024, 7, 1).Time()); err != nil {
		t.Fatal(err)
	}
	_, next := counts(t, s, civic.Position{})
	if _, err := conn.Exec(t.Context(), `delete from areas where slug = 'west'`); err != nil {
		t.Fatal(err)
	}
	moved, _ := counts(t, s, next)
	if len(moved) != 20 || slices.ContainsFunc(moved, func(p civic.MapPin) bool { return p.AreaID != 0 }) {
		t.Errorf("%d pins of leaves have moved out of the area: %+v", len(moved), moved)
	}
	for _, statement := range []string{`update leaves set pins = pins + 1`, `update leaf_cells set pins = pins + 1`} {
		if _, err := conn.Exec(t.Context(), statement); err == nil {
			t.Errorf("%s is possible", statement)
		}
	}
}

// TestPublishCountsAtOnce checks that each pin is counted once when several
// processes count.
func TestPublishCountsAtOnce(t *testing.T) {
	s, d, conn := open(t)
	addFears(t, s, d, rand.New(rand.NewPCG(4, 4)), day(2024, 1, 1), 20)
	counted := make(chan int)
	for range 4 {
		go func() {
			n, err := s.PublishCounts(context.WithoutCancel(t.Context()), d.Slug, day(2024, 7, 1).Time())
			if err != nil {
				t.Error(err)
			}
			counted <- n
		}()
	}
	sum := 0
	for range 4 {
		sum += <-counted
	}
	pins := 0
	for _, l := range leaves(t, conn) {
		pins += l.Pins
	}
	if sum != 20 || pins != 20 {
		t.Errorf("%d pins are counted, %d in leaves, want 20", sum, pins)
	}
}
