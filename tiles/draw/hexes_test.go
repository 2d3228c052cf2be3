package draw_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb/planar"
	"github.com/uber/h3-go/v4"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
)

func TestHexesHaveTheShapeOfTheirCell(t *testing.T) {
	v := newVersion(tilestest.District(), randomPins(t, 300))
	const z = 14
	for _, tile := range tilestest.TilesOver(v.District.Boundary.Bound(), z) {
		layers := tilestest.Decode(t, draw.Hexes(nil, v, tile, 8, v.Filter(civic.Filter{})))
		layers.ProjectToWGS84(tile)
		for _, layer := range layers {
			for _, f := range layer.Features {
				cell := geo.Cell(h3.CellFromString(f.Properties.MustString("h3")))
				if id, _ := f.ID.(float64); uint64(id) != cell.ID() {
					t.Errorf("%s has the id %v", cell, f.ID)
				}
				want := cell.Boundary().Bound()
				got := f.Geometry.Bound()
				const slack = 1e-4
				if got.Min[0] < want.Min[0]-slack || got.Max[0] > want.Max[0]+slack || math.Abs(planar.Area(f.Geometry)) > planar.Area(cell.Boundary())*1.02 {
					t.Errorf("%s is drawn at %v, want %v", cell, got, want)
				}
			}
		}
	}
}

// TestHexCountsAddUp compares the sum over all hexes of the tiles of a zoom
// with the number of pins.
func TestHexCountsAddUp(t *testing.T) {
	v := newVersion(tilestest.District(), randomPins(t, 500))
	for _, f := range []civic.Filter{{}, {Kinds: []civic.Kind{civic.Need}}, {Areas: []string{"east"}, From: 20300}} {
		seen := map[string]civic.Counts{}
		for _, tile := range tilestest.TilesOver(v.District.Boundary.Bound().Pad(0.02), 13) {
			for _, layer := range tilestest.Decode(t, draw.Hexes(nil, v, tile, 9, v.Filter(f))) {
				for _, feature := range layer.Features {
					p := feature.Properties
					n := func(key string) int { return int(p.MustFloat64(key, 0)) }
					c := civic.Counts{Need: n("need"), Potential: n("potential"), Organisation: n("organisation")}
					if c.Total() != n("total") || c.Total() == 0 {
						t.Fatalf("the counts of hex %v do not add up", p)
					}
					h3 := p.MustString("h3")
					if other, ok := seen[h3]; ok && other != c {
						t.Fatalf("hex %s has %v in one tile and %v in another", h3, other, c)
					}
					seen[h3] = c
				}
			}
		}
		var got civic.Counts
		for _, c := range seen {
			got = got.Plus(c)
		}
		if want := v.Stats(f).Counts; got != want || want.Total() == 0 {
			t.Errorf("%+v: hexes have %v, want %v", f, got, want)
		}
	}
}
