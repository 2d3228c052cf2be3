package index_test

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
)

// TestUnchangedTilesAreEqual checks that every tile which is reported as
// unchanged is drawn with the same bytes, and that a few changes leave most
// tiles unchanged.
func TestUnchangedTilesAreEqual(t *testing.T) {
	s := newSimulation(t, 21, smallTuning(), centralPoint)
	s.change(800)
	r := s.r
	unchanged, total := 0, 0
	var all []drawnTile
	for round := range 12 {
		for range 60 {
			d := drawnTile{
				number: s.Number, layer: draw.Layers()[r.IntN(3)], filter: tilestest.RandomFilter(r),
				at: maptile.At(orb.Point{19.9 + 0.1*r.Float64(), 50 + 0.06*r.Float64()}, maptile.Zoom(11+r.IntN(7))),
			}
			d.r = draw.ZoomResolution(d.at.Z)
			d.body = d.draw(s.Version)
			all = append(all, d)
		}
		for range 4 {
			s.change(5)
			s.mergeLate()
		}
		if round == 8 {
			d := s.District
			d.Areas = slices.Clone(d.Areas)
			d.Areas[0].Boundary = tilestest.Box(19.9, 50, 19.955, 50.06)
			s.Version = s.WithDistrict(d)
		}
		for _, d := range all {
			total++
			if !draw.UnchangedSince(s.Version, d.number, d.layer, d.at, d.r) {
				continue
			}
			unchanged++
			if !bytes.Equal(d.body, d.draw(s.Version)) {
				t.Fatalf("round %d: %s %v %+v is reported as unchanged and is not", round, d.layer, d.at, d.filter)
			}
		}
	}
	if unchanged < total/10 || unchanged == total {
		t.Errorf("%d of %d tiles are unchanged", unchanged, total)
	}
}

// TestManyChangesInOneCell checks that the log of changes still contains where
// pins have changed when there are more changes than it keeps.
func TestManyChangesInOneCell(t *testing.T) {
	v := newVersion(tilestest.District(), normalPins(t, 1000, 0.01))
	before := v.Number
	shown := locationAt(t, orb.Point{19.95, 50.03})
	id := int64(10_000)
	for range 100 {
		batch := make([]civic.MapPin, 300)
		for i := range batch {
			id++
			batch[i] = civic.MapPin{DistrictID: 1, ID: id, Shown: shown, CategoryID: 1, Status: civic.Reported, Day: 20000}
		}
		v = v.Apply(batch)
	}
	for _, layer := range []string{draw.LayerPins, draw.LayerHexes} {
		here, elsewhere := maptile.At(shown.Point, 15), maptile.At(orb.Point{19.91, 50.01}, 15)
		if draw.UnchangedSince(v, before, layer, here, 10) {
			t.Errorf("%s: the changed tile is reported as unchanged", layer)
		}
		if !draw.UnchangedSince(v, before, layer, elsewhere, 10) {
			t.Errorf("%s: a tile elsewhere is reported as changed", layer)
		}
	}
	if cells, ok := v.ChangedCells(before, 9, 10); !ok || !slices.Equal(cells, []geo.Cell{shown.Cell.Parent(9)}) {
		t.Errorf("changed cells %v, %v", cells, ok)
	}
}

func TestChangedCells(t *testing.T) {
	pins := normalPins(t, 3000, 0.01)
	v := newVersion(tilestest.District(), pins[:1000])
	before := v.Number
	v = v.Apply(pins[1000:1003]).Apply(pins[1003:1005])
	want := []geo.Cell{}
	for _, p := range pins[1000:1005] {
		want = append(want, p.Shown.Cell.Parent(8))
	}
	slices.Sort(want)
	want = slices.Compact(want)
	if got, ok := v.ChangedCells(before, 8, 100); !ok || !slices.Equal(got, want) {
		t.Errorf("%v, %v; want %v", got, ok, want)
	}
	if _, ok := v.ChangedCells(before, 8, len(want)-1); ok {
		t.Error("more cells than the limit")
	}
	for _, number := range []uint64{0, v.Number + 1} {
		if _, ok := v.ChangedCells(number, 8, 100); ok {
			t.Errorf("changes since version %d are known", number)
		}
	}
	r := rand.New(rand.NewPCG(1, 1))
	v = v.Apply(pins[1005+r.IntN(10):])
	if cells, ok := v.ChangedCells(v.Number, 8, 0); !ok || len(cells) > 0 {
		t.Errorf("changes since the version itself: %v, %v", cells, ok)
	}
}
