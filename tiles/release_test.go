package tiles_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store/storetest"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/index"
)

// TestHexOnlyPinsAreCountedByClosedMonths checks that a pin that is published
// only in counts makes no version before its month has closed, on a node that
// follows and on one that starts, and that it is then counted in its month.
func TestHexOnlyPinsAreCountedByClosedMonths(t *testing.T) {
	db := newDatabase(t, storetest.URL(t), 0)
	var now atomic.Pointer[time.Time]
	set := func(at time.Time) { now.Store(&at) }
	set(time.Date(2024, 3, 20, 12, 0, 0, 0, time.UTC))
	start := func() *tiles.Live {
		live := tiles.New(tiles.Config{Source: db.Store, Poll: 20 * time.Millisecond, Now: func() time.Time { return *now.Load() }})
		run(t, live)
		waitFor(t, live, func(*index.Version) bool { return true })
		return live
	}
	live := start()
	v, _ := live.District("test")
	before := v.Number
	for _, day := range []int{5, 20} {
		pin, err := db.district.Accept(civic.Draft{
			Category: "fear", Title: "Dark", Point: orb.Point{19.92, 50.02}, ReportedOn: civic.DayOf(time.Date(2024, 3, day, 0, 0, 0, 0, time.UTC)),
		}, civic.MaxDay)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.AddPin(t.Context(), &db.district, civic.Actor{}, pin, civic.Published); err != nil {
			t.Fatal(err)
		}
	}
	set(time.Date(2024, 3, 31, 23, 59, 59, 0, time.UTC))
	catchUp(t, live)
	if v, _ := live.District("test"); v.Number != before {
		t.Errorf("a pin of the current month made version %d of %d, with %+v", v.Number, before, v.Stats(civic.Filter{}))
	}
	started := start()
	if v, _ := started.District("test"); v.Len() != 0 {
		t.Errorf("a node that starts counts %d pins", v.Len())
	}
	set(time.Date(2024, 4, 1, 0, 0, 0, 0, time.UTC))
	for _, live := range []*tiles.Live{live, started, start()} {
		waitFor(t, live, func(v *index.Version) bool { return v.Len() == 2 })
		v, _ := live.District("test")
		s := v.Stats(civic.Filter{})
		if len(s.ByMonth) != 1 || s.ByMonth[0].Month.String() != "2024-03" || s.ByMonth[0].Need != 2 || s.HexOnly != 2 || len(s.ByStatus) != 0 {
			t.Errorf("statistics %+v", s)
		}
		for _, f := range []civic.Filter{{From: 19793}, {Statuses: []civic.Status{civic.Reported}}} {
			if s := v.Stats(f); s.Total() != 0 || s.HexOnly != 0 || !s.SetAside {
				t.Errorf("%+v: statistics %+v", f, s)
			}
		}
	}
	if _, err := db.pool.Exec(t.Context(), `update pins set publication = 'hidden'`); err != nil {
		t.Fatal(err)
	}
	waitFor(t, live, func(v *index.Version) bool { return v.Len() == 0 })
}
