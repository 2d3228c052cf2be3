package tiles_test

import (
	"bytes"
	"context"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles"
)

// oddPlace is in the district most of the time, else at a pole, at the
// antimeridian, or anywhere.
func oddPlace(r *rand.Rand) orb.Point {
	switch r.IntN(60) {
	case 0:
		return orb.Point{-180 + 0.001*r.Float64(), 10 + 0.01*r.Float64()}
	case 1:
		return orb.Point{180 - 0.001*r.Float64(), 10 + 0.01*r.Float64()}
	case 2:
		return orb.Point{360*r.Float64() - 180, 90}
	case 3:
		return orb.Point{360*r.Float64() - 180, -90 + 0.001*r.Float64()}
	case 4:
		return orb.Point{180, 90 - 5*r.Float64()}
	case 5:
		return orb.Point{-180, 0}
	case 6:
		return orb.Point{360*r.Float64() - 180, 170*r.Float64() - 85}
	}
	return orb.Point{19.95 + 0.002*r.NormFloat64(), 50.03 + 0.001*r.NormFloat64()}
}

// TestVersionsEqualFreshOnes: through changes of pins and of categories, and
// merges that come late, a version draws what one built afresh from the same pins
// does, wherever on Earth and whenever they are; and what it says still holds does.
func TestVersionsEqualFreshOnes(t *testing.T) {
	t.Cleanup(tiles.SetPartRows(300))
	t.Cleanup(tiles.SetRuns(8, 3))
	t.Cleanup(tiles.SetOverviews(100, 2))
	r := rand.New(rand.NewPCG(5, 99))
	d := district()
	categories := []uint16{1, 2, 3, 4}
	filters := []civic.Filter{{}, {Kinds: []civic.Kind{civic.Need}}, {From: civic.MaxDay}, {To: 1, Categories: []string{"trees", "help"}}, {Areas: []string{"west"}}}
	there := map[int64]civic.MapPin{}
	v := tiles.Build(d, nil)
	type cached struct {
		drawn
		since uint64
	}
	var cache []cached
	var adopt func(*tiles.Version, []civic.MapPin) *tiles.Version
	var pending []civic.MapPin
	held := 0
	for step := range 90 {
		number := r.IntN(80)
		if step == 50 {
			number = 9000 // more than touches are remembered
		}
		var changes []civic.MapPin
		for range number {
			id := int64(1 + r.IntN(3000))
			was, known := there[id]
			switch {
			case r.IntN(5) == 0:
				changes = append(changes, civic.MapPin{DistrictID: 1, ID: id, Deleted: true})
				delete(there, id)
				continue
			case !known || r.IntN(3) > 0:
				p := oddPlace(r)
				cell, err := geo.CellAt(p)
				if err != nil {
					t.Fatal(err)
				}
				was = civic.MapPin{
					DistrictID: 1, ID: id, Shown: civic.Location{Point: p, Cell: cell}, CategoryID: categories[r.IntN(len(categories))],
					Status: civic.Statuses()[r.IntN(9)], AreaID: uint16(r.IntN(3)), Day: []civic.Day{0, civic.MaxDay, 20000, civic.Day(r.IntN(1 << 16))}[r.IntN(4)],
				}
			}
			changes = append(changes, was) // maybe as it was: read again
			there[id] = was
		}
		if r.IntN(10) == 0 {
			d.Categories = slices.Clone(d.Categories)
			if i := r.IntN(len(d.Categories)); r.IntN(2) == 0 {
				d.Categories[i].Visibility = []civic.Visibility{civic.Exact, civic.HexOnly}[r.IntN(2)]
			} else {
				id := uint16(4 + len(d.Categories))
				categories = append(categories, id)
				d.Categories = append(d.Categories, civic.Category{ID: int32(id), Slug: "more-" + string(rune('a'+id)), Kind: civic.Kinds()[r.IntN(3)], Visibility: civic.Exact})
			}
			v = tiles.Describe(v, d)
		}
		v = tiles.Apply(v, changes)
		pending = append(pending, changes...)
		if adopt == nil && tiles.Changed(v) > 40 {
			adopt, pending = tiles.Merge(v), nil
		} else if adopt != nil && r.IntN(3) == 0 {
			was := v.Number
			v, adopt = adopt(v, pending), nil
			if v.Number != was {
				t.Errorf("step %d: a merge, which changes nothing, makes version %d of %d", step, v.Number, was)
			}
		}
		fresh := tiles.Build(d, slices.Collect(maps.Values(there)))
		for range 25 {
			p := oddPlace(r)
			c := drawn{layer: []string{tiles.LayerPins, tiles.LayerHexes}[r.IntN(2)], filter: filters[r.IntN(len(filters))]}
			p[1] = max(-85, min(85, p[1]))
			if c.at = maptile.At(p, maptile.Zoom(r.IntN(tiles.MaxZoom+1))); tiles.CheckTile(c.at) != nil {
				continue // longitude 180 lies beyond the last tile
			}
			c.r = tiles.ZoomResolution(c.at.Z)
			c.body = draw(v, c)
			if !bytes.Equal(c.body, draw(fresh, c)) {
				t.Fatalf("step %d: %s %v of %+v differs from a fresh one's", step, c.layer, c.at, c.filter)
			}
			cache = append(cache, cached{c, v.Number})
		}
		cache = slices.DeleteFunc(cache, func(c cached) bool { return !v.Holds(c.since, c.layer, c.at, c.r) })
		for _, c := range cache {
			if r.IntN(4) > 0 {
				continue
			}
			if held++; !bytes.Equal(c.body, draw(v, c.drawn)) {
				t.Fatalf("step %d: %s %v of %+v is said to hold and does not", step, c.layer, c.at, c.filter)
			}
		}
		for _, f := range filters {
			if got, want := v.Stats(f).Counts, fresh.Stats(f).Counts; got != want {
				t.Fatalf("step %d: %+v counts %v, a fresh version %v", step, f, got, want)
			}
		}
	}
	if held < 100 {
		t.Errorf("only %d tiles held", held)
	}
}

// TestOldPartsAreFreed: once all parts have been merged, nothing keeps the old
// ones.
func TestOldPartsAreFreed(t *testing.T) {
	t.Cleanup(tiles.SetPartRows(1 << 10))
	pins := scattered(t, 10_000, 0.01)
	v := tiles.Build(district(), pins)
	was := tiles.Parts(v)
	if _, err := v.Hexes(9, civic.Filter{}); err != nil { // which remembers a cover
		t.Fatal(err)
	}
	for i := range pins {
		pins[i].Day++
	}
	for v = tiles.Apply(v, pins); tiles.Changed(v) > 0; {
		v = tiles.Merge(v)(v, nil)
	}
	runtime.GC()
	for i, part := range was {
		if part.Value() != nil {
			t.Errorf("part %d of %d is still in memory", i, len(was))
		}
	}
	if v.Len() != len(pins) {
		t.Errorf("%d pins", v.Len())
	}
}

// TestOverviewsComeBack where a district empties and fills up again.
func TestOverviewsComeBack(t *testing.T) {
	t.Cleanup(tiles.SetOverviews(100, 2))
	pins := scattered(t, 5000, 0.01)
	v := tiles.Build(district(), pins)
	want := tiles.Overviews(v)
	gone := make([]civic.MapPin, len(pins))
	for i, p := range pins {
		gone[i] = civic.MapPin{DistrictID: 1, ID: p.ID, Deleted: true}
	}
	for _, changes := range [][]civic.MapPin{gone, pins} {
		for v = tiles.Apply(v, changes); tiles.Changed(v) > 0; {
			v = tiles.Merge(v)(v, nil)
		}
	}
	if got := tiles.Overviews(v); got < want || want == 0 {
		t.Errorf("%d tiles have an overview, %d had one before", got, want)
	}
}

// again is a source that tells the same at every reading, as the record does
// while some transaction is open.
type again struct {
	district civic.District
	pins     []civic.MapPin
}

func (a *again) Changes(_ context.Context, _ civic.Position, each func(civic.MapPin)) (civic.Changes, error) {
	for _, p := range a.pins {
		each(p)
	}
	d := a.district
	d.Areas = slices.Clone(d.Areas) // read anew, so elsewhere in memory
	return civic.Changes{Next: 5, Districts: []civic.District{d}}, nil
}

// TestReadAgainIsNoChange: what is read again as it was makes no version, so that
// drawn tiles hold and nobody is told.
func TestReadAgainIsNoChange(t *testing.T) {
	live := tiles.New(tiles.Config{Source: &again{district(), scattered(t, 1000, 0.01)}, Poll: time.Millisecond})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); live.Run(ctx) }()
	defer func() { stop(); <-done }()
	until(t, live, func(v *tiles.Version) bool { return v.Len() == 1000 })
	v, _ := live.District("test")
	for range 10 {
		caughtUp(t, live)
	}
	if now, _ := live.District("test"); now != v {
		t.Errorf("version %d became %d", v.Number, now.Number)
	}
}

// TestManyWritesInACell: however many pins come into one cell, tiles elsewhere
// hold.
func TestManyWritesInACell(t *testing.T) {
	v := tiles.Build(district(), scattered(t, 1000, 0.01))
	was := v.Number
	cell, err := geo.CellAt(orb.Point{19.95, 50.03})
	if err != nil {
		t.Fatal(err)
	}
	id := int64(10_000)
	for range 100 {
		batch := make([]civic.MapPin, 300)
		for i := range batch {
			id++
			batch[i] = civic.MapPin{DistrictID: 1, ID: id, Shown: civic.Location{Point: orb.Point{19.95, 50.03}, Cell: cell}, CategoryID: 1, Status: civic.Reported, Day: 20000}
		}
		v = tiles.Apply(v, batch)
	}
	for _, layer := range []string{tiles.LayerPins, tiles.LayerHexes} {
		here, elsewhere := maptile.At(orb.Point{19.95, 50.03}, 15), maptile.At(orb.Point{19.91, 50.01}, 15)
		if v.Holds(was, layer, here, 10) {
			t.Errorf("%s: the tile that was written to is said to hold", layer)
		}
		if !v.Holds(was, layer, elsewhere, 10) {
			t.Errorf("%s: a tile elsewhere is said not to hold", layer)
		}
	}
}
