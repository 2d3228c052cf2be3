package tiles_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
)

// TestThinnedByTheRule: a tile, while pins come, move, change and go, is what its
// every-pin tile says: for each kind and square, the number of pins, and the one
// with the least mixed id. It does not matter whether it is drawn from overviews
// (whole kinds), from lots or from rows.
func TestThinnedByTheRule(t *testing.T) {
	t.Run("rows", thinnedByTheRule)
	t.Run("lots", func(t *testing.T) {
		t.Cleanup(tiles.SetRuns(0, 1))
		thinnedByTheRule(t)
	})
}

func thinnedByTheRule(t *testing.T) {
	live, rec := follow(t, 1200)
	r := rand.New(rand.NewPCG(31, 31))
	kinds := [][]civic.Kind{nil, {civic.Need}, {civic.Potential, civic.Organisation}}
	shown := 0
	for round := range 12 {
		v, _ := live.District("test")
		for i := range 40 {
			at := maptile.At(orb.Point{19.9 + 0.1*r.Float64(), 50 + 0.06*r.Float64()}, maptile.Zoom(6+r.IntN(10)))
			chosen := civic.Filter{Kinds: kinds[i%len(kinds)]}
			byRow := chosen
			for _, c := range v.District.Categories {
				byRow.Categories = append(byRow.Categories, c.Slug)
			}
			fromOverview, fromRows := v.AppendPins(nil, at, v.Match(chosen)), v.AppendPins(nil, at, v.Match(byRow))
			if !bytes.Equal(fromOverview, fromRows) {
				t.Fatalf("round %d, tile %v, kinds %v: an overview shows %v, the rows %v", round, at, chosen.Kinds, decode(t, fromOverview), decode(t, fromRows))
			}
			for _, f := range []civic.Filter{chosen, filter(r)} {
				got, want := thinned(t, v, at, f), thinnedByHand(t, v, at, f)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("round %d, tile %v, %+v (-want +got):\n%s", round, at, f, diff)
				}
				shown += len(got)
			}
		}
		rec.writer(t.Context(), t, uint64(400+round), 4)
		for _, statement := range map[int][]string{ // the table of categories changes
			5: {`insert into categories (district_id, category_id, slug, kind, visibility, colour, label, position)
				select district_id, 5, 'benches', kind, visibility, colour, label, 5 from categories where slug = 'trees'`},
			6: {`update pins set category_id = 5 where category_id = 1 and pin_id % 3 = 0`},
			9: {`delete from pins where category_id = 5`, `delete from categories where category_id = 5`},
		}[round] {
			if _, err := rec.pool.Exec(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		caughtUp(t, live)
	}
	if shown == 0 {
		t.Error("nothing was drawn")
	}
}

// standing is a pin that stands for several.
type standing struct{ ID, N int64 }

// square of a tile, for a kind.
type square struct {
	X, Y int
	Kind string
}

func squareOf(f *geojson.Feature) square {
	const side = tiles.Extent / 32
	p := f.Geometry.(orb.Point)
	return square{int(p[0]) / side, int(p[1]) / side, f.Properties.MustString("kind")}
}

func thinned(t *testing.T, v *tiles.Version, at maptile.Tile, f civic.Filter) map[square]standing {
	t.Helper()
	out := map[square]standing{}
	for _, layer := range decode(t, v.AppendPins(nil, at, v.Match(f))) {
		for _, feature := range layer.Features {
			if _, twice := out[squareOf(feature)]; twice {
				t.Fatalf("two pins of a kind in square %v", squareOf(feature))
			}
			out[squareOf(feature)] = standing{int64(feature.ID.(float64)), int64(number(feature.Properties["n"]))}
		}
	}
	return out
}

// thinnedByHand thins a tile's every pin.
func thinnedByHand(t *testing.T, v *tiles.Version, at maptile.Tile, f civic.Filter) map[square]standing {
	t.Helper()
	mix := func(id int64) uint64 { return uint64(id) * 0x9E3779B97F4A7C15 }
	out := map[square]standing{}
	for _, layer := range decode(t, v.AppendEveryPin(nil, at, v.Match(f))) {
		for _, feature := range layer.Features {
			id := int64(feature.ID.(float64))
			s := out[squareOf(feature)]
			if s.N == 0 || mix(id) < mix(s.ID) {
				s.ID = id
			}
			s.N++
			out[squareOf(feature)] = s
		}
	}
	return out
}

// TestManyPinsInACell: as above where cells and lots hold many pins.
func TestManyPinsInACell(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	v := tiles.Build(district(), scattered(t, 60_000, 0.002))
	for z := maptile.Zoom(6); z <= 18; z++ {
		for range 3 {
			at := maptile.At(orb.Point{19.95 + 0.001*r.NormFloat64(), 50.03 + 0.0006*r.NormFloat64()}, z)
			f := filter(r)
			if diff := cmp.Diff(thinnedByHand(t, v, at, f), thinned(t, v, at, f)); diff != "" {
				t.Fatalf("tile %v, %+v (-want +got):\n%s", at, f, diff)
			}
		}
	}
}
