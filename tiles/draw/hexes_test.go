package draw_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
	"github.com/paulmach/orb/planar"
	"github.com/uber/h3-go/v4"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
	"github.com/pinezka/pinezka/tiles/mvt"
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

// TestHexesAcrossTheAntimeridianAreWhole checks that each hex across it is in the
// tiles at both ends of the world, where it continues into their buffers, and
// twice in the tile that is the world, with the same counts.
//
// Case http-district-across-180-opens-in-africa.
func TestHexesAcrossTheAntimeridianAreWhole(t *testing.T) {
	d, r := tilestest.District(), rand.New(rand.NewPCG(180, 1))
	var pins []civic.MapPin
	for id := range int64(300) {
		lon := 180 - 0.3*r.Float64()
		if id%2 == 0 {
			lon -= 359.7
		}
		shown, err := civic.LocationAt(orb.Point{lon, -18 + r.Float64()})
		if err != nil {
			t.Fatal(err)
		}
		pins = append(pins, civic.MapPin{DistrictID: 1, ID: id + 1, Shown: shown, CategoryID: 1, Status: civic.Reported, Day: 20000})
	}
	v := newVersion(d, pins)
	all := v.Filter(civic.Filter{})
	for _, z := range []maptile.Zoom{0, 1, 5, 8} {
		total := map[string]float64{} // by cell
		ends := map[string][2]bool{}  // whether a cell reaches the western and the eastern end of the world
		for _, x := range []uint32{0, 1<<z - 1} {
			for y := range uint32(1) << z {
				at := maptile.Tile{X: x, Y: y, Z: z}
				for _, layer := range tilestest.Decode(t, draw.Hexes(nil, v, at, 4, all)) {
					for _, f := range layer.Features {
						h3, n, b := f.Properties.MustString("h3"), f.Properties.MustFloat64("total"), f.Geometry.Bound()
						if other, ok := total[h3]; ok && other != n {
							t.Errorf("%s has %v pins in one tile and %v in another", h3, other, n)
						}
						total[h3] = n
						e := ends[h3]
						e[0] = e[0] || x == 0 && b.Min[0] <= 0
						e[1] = e[1] || x == 1<<z-1 && b.Max[0] >= mvt.Extent
						ends[h3] = e
					}
				}
			}
		}
		sum, crossing := 0.0, 0
		for h3Index, n := range total {
			sum += n
			if len(geo.CutAtAntimeridian(geo.Cell(h3.CellFromString(h3Index)).Boundary())) < 2 {
				continue
			}
			if crossing++; ends[h3Index] != [2]bool{true, true} {
				t.Errorf("zoom %d: %s reaches the ends of the world: %v", z, h3Index, ends[h3Index])
			}
		}
		if sum != 300 || crossing == 0 {
			t.Errorf("zoom %d: %v pins in %d hexes, %d of them across the antimeridian", z, sum, len(total), crossing)
		}
	}
}
