package index_test

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
)

// extremePoint returns a point in the district most of the time, and otherwise
// a point at a pole, at the antimeridian, or anywhere.
func extremePoint(r *rand.Rand) orb.Point {
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

// drawnTile is a tile as a version drew it.
type drawnTile struct {
	number uint64 // of the version
	layer  string
	at     maptile.Tile
	r      geo.Resolution
	filter civic.Filter
	body   []byte
}

func (d *drawnTile) draw(v *index.Version) []byte {
	switch d.layer {
	case draw.LayerPins:
		return draw.Pins(nil, v, d.at, v.Filter(d.filter))
	case draw.LayerHexes:
		return draw.Hexes(nil, v, d.at, d.r, v.Filter(d.filter))
	}
	return draw.Areas(nil, v, d.at, d.filter)
}

// TestChangedVersionsEqualRebuiltOnes compares versions, after changes of pins
// and of categories and late merges, with new indexes of the same pins: in
// tiles, statistics and hexes, anywhere on Earth and on any day. It also checks
// that tiles that are reported as unchanged are unchanged.
func TestChangedVersionsEqualRebuiltOnes(t *testing.T) {
	s := newSimulation(t, 5, smallTuning(), extremePoint)
	r := s.r
	filters := []civic.Filter{{}, {Kinds: []civic.Kind{civic.Need}}, {From: civic.MaxDay}, {Until: 1}, {Until: 2, Categories: []string{"trees", "help"}}, {Areas: []string{"west"}}}
	var cache []drawnTile
	unchanged := 0
	for step := range 90 {
		number := r.IntN(80)
		if step == 50 {
			number = 9000 // more changes than are logged
		}
		if r.IntN(10) == 0 {
			s.changeCategories()
		}
		s.change(number)
		s.mergeLate()
		rebuilt := s.rebuilt()
		for range 25 {
			p := extremePoint(r)
			d := drawnTile{number: s.Number, layer: []string{draw.LayerPins, draw.LayerHexes}[r.IntN(2)], filter: filters[r.IntN(len(filters))]}
			p[1] = max(-85, min(85, p[1]))
			if d.at = maptile.At(p, maptile.Zoom(r.IntN(index.MaxZoom+1))); draw.CheckTile(d.at) != nil {
				continue // longitude 180 is beyond the last tile
			}
			d.r = draw.ZoomResolution(d.at.Z)
			d.body = d.draw(s.Version)
			if !bytes.Equal(d.body, d.draw(rebuilt)) {
				t.Fatalf("step %d: %s %v of %+v differs from that of a rebuilt index", step, d.layer, d.at, d.filter)
			}
			cache = append(cache, d)
		}
		cache = slices.DeleteFunc(cache, func(d drawnTile) bool { return !draw.UnchangedSince(s.Version, d.number, d.layer, d.at, d.r) })
		for _, d := range cache {
			if r.IntN(4) > 0 {
				continue
			}
			if unchanged++; !bytes.Equal(d.body, d.draw(s.Version)) {
				t.Fatalf("step %d: %s %v of %+v is reported as unchanged and is not", step, d.layer, d.at, d.filter)
			}
		}
		for _, f := range filters {
			if got, want := s.Stats(f).Counts, rebuilt.Stats(f).Counts; got != want {
				t.Fatalf("step %d: %+v counts %v, a rebuilt index %v", step, f, got, want)
			}
		}
	}
	if unchanged < 100 {
		t.Errorf("only %d tiles were unchanged", unchanged)
	}
}

func TestSelectKeepsTheSelectedPins(t *testing.T) {
	s := newSimulation(t, 6, smallTuning(), centralPoint)
	for range 20 {
		s.change(100)
		f := tilestest.RandomFilter(s.r)
		want, got := s.Stats(f), s.Select(f).Stats(civic.Filter{})
		if want.Counts != got.Counts {
			t.Errorf("%+v: %v are selected, want %v", f, got.Counts, want.Counts)
		}
		s.mergeLate()
	}
}

// TestAmong compares versions of some pins, by id, with new indexes of the same
// pins, without those that are published only in counts.
func TestAmong(t *testing.T) {
	s := newSimulation(t, 8, smallTuning(), extremePoint)
	for range 40 {
		s.changeCategories()
		s.change(300)
		s.mergeLate()
		var ids []int64
		for range s.r.IntN(2000) {
			ids = append(ids, int64(1+s.r.IntN(3500))) // some twice, some unknown
		}
		hexOnly := map[uint16]bool{}
		for _, c := range s.District.Categories {
			hexOnly[uint16(c.ID)] = c.Visibility == civic.HexOnly
		}
		wanted := map[int64]civic.MapPin{}
		for _, id := range ids {
			if p, ok := s.pins[id]; ok && !hexOnly[p.CategoryID] {
				wanted[id] = p
			}
		}
		got, want := s.Among(ids), newTuned(s.District, slices.Collect(maps.Values(wanted)), s.tuning)
		for range 10 {
			f := tilestest.RandomFilter(s.r)
			if diff := gocmp.Diff(want.Stats(f).ByArea, got.Stats(f).ByArea); diff != "" || got.Stats(f).Counts != want.Stats(f).Counts {
				t.Fatalf("%+v: counts %v, want %v: %s", f, got.Stats(f).Counts, want.Stats(f).Counts, diff)
			}
			at := maptile.At(centralPoint(s.r), maptile.Zoom(s.r.IntN(index.MaxZoom+1)))
			d := drawnTile{layer: []string{draw.LayerPins, draw.LayerHexes}[s.r.IntN(2)], at: at, r: draw.ZoomResolution(at.Z), filter: f}
			if !bytes.Equal(d.draw(got), d.draw(want)) {
				t.Fatalf("%s %v of %+v differs from that of a new index", d.layer, at, f)
			}
		}
	}
	if !s.Among(nil).Stats(civic.Filter{}).SetAside {
		t.Error("the statistics do not say that pins are set aside")
	}
}
