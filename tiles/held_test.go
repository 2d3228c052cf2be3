package tiles_test

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
	"github.com/paulmach/orb/planar"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles"
)

// drawn is a tile as some version drew it.
type drawn struct {
	number uint64
	layer  string
	at     maptile.Tile
	r      geo.Resolution
	filter civic.Filter
	body   []byte
}

func draw(v *tiles.Version, d drawn) []byte {
	switch d.layer {
	case tiles.LayerPins:
		return v.AppendPins(nil, d.at, v.Match(d.filter))
	case tiles.LayerHexes:
		return v.AppendHexes(nil, d.at, d.r, v.Match(d.filter))
	}
	return v.AppendAreas(nil, d.at, d.filter)
}

// TestHeldTilesAreTheSame: whatever a version says still holds is, byte for
// byte, what it would draw; and a write in one place leaves most tiles alone.
func TestHeldTilesAreTheSame(t *testing.T) {
	live, rec := follow(t, 800)
	r := rand.New(rand.NewPCG(21, 21))
	held, asked := 0, 0
	var all []drawn
	for round := range 12 {
		v, _ := live.District("test")
		for range 60 {
			d := drawn{
				number: v.Number, layer: tiles.Layers()[r.IntN(3)], filter: filter(r),
				at: maptile.At(orb.Point{19.9 + 0.1*r.Float64(), 50 + 0.06*r.Float64()}, maptile.Zoom(11+r.IntN(7))),
			}
			d.r = tiles.ZoomResolution(d.at.Z)
			d.body = draw(v, d)
			all = append(all, d)
		}
		rec.writer(t.Context(), t, uint64(100+round), 2)
		if round == 8 {
			if _, err := rec.pool.Exec(t.Context(), `update areas set boundary = st_multi(st_makeenvelope(19.9, 50, 19.955, 50.06, 4326)) where slug = 'west'`); err != nil {
				t.Fatal(err)
			}
		}
		caughtUp(t, live)
		v, _ = live.District("test")
		for _, d := range all {
			asked++
			if !v.Holds(d.number, d.layer, d.at, d.r) {
				continue
			}
			held++
			if !bytes.Equal(d.body, draw(v, d)) {
				t.Fatalf("round %d: %s %v %+v is said to hold and does not", round, d.layer, d.at, d.filter)
			}
		}
	}
	if held < asked/10 || held == asked {
		t.Errorf("%d of %d tiles hold", held, asked)
	}
}

// TestThinningIsSteady: what stands for a square at one zoom is there at the
// next, and no pin's square is empty.
func TestThinningIsSteady(t *testing.T) {
	live, _ := follow(t, 4000)
	v, _ := live.District("test")
	m := v.Match(civic.Filter{})
	shown := map[maptile.Zoom]map[float64]orb.Point{}
	for z := maptile.Zoom(9); z <= 17; z++ {
		shown[z] = map[float64]orb.Point{}
		every := map[orb.Point]int{}
		for _, at := range tilesOver(v.District.Boundary.Bound(), z) {
			const squares = 32
			square := func(p orb.Point) orb.Point {
				side := float64(tiles.Extent / squares)
				return orb.Point{float64(at.X)*squares + float64(int(p[0]/side)), float64(at.Y)*squares + float64(int(p[1]/side))}
			}
			for _, layer := range decode(t, v.AppendEveryPin(nil, at, m)) {
				for _, f := range layer.Features {
					every[square(f.Geometry.(orb.Point))]++
				}
			}
			for _, layer := range decode(t, v.AppendPins(nil, at, m)) {
				for _, f := range layer.Features {
					p := square(f.Geometry.(orb.Point))
					shown[z][f.ID.(float64)] = p
					every[p] -= number(f.Properties["n"])
				}
			}
		}
		for p, missing := range every {
			if missing != 0 {
				t.Fatalf("zoom %d, square %v: %d pins are not counted", z, p, missing)
			}
		}
	}
	for z := maptile.Zoom(9); z < 17; z++ {
		if len(shown[z]) > len(shown[z+1]) {
			t.Errorf("zoom %d shows %d pins, zoom %d shows %d", z, len(shown[z]), z+1, len(shown[z+1]))
		}
		for id := range shown[z] {
			if _, ok := shown[z+1][id]; !ok {
				t.Fatalf("pin %v is shown at zoom %d and gone at %d", id, z, z+1)
			}
		}
	}
}

// TestTilesStaySmall at any zoom, however many pins there are, as fine as hexes
// may be, and however detailed boundaries are.
func TestTilesStaySmall(t *testing.T) {
	t.Cleanup(tiles.SetPartRows(1 << 16))
	d := district()
	for i := range d.Areas { // a saw of 200,000 teeth, some metres long
		d.Areas[i].Boundary[0][0] = saw(d.Areas[i].Boundary[0][0], 50_000, 0.0004)
	}
	v := tiles.Build(d, scattered(t, 200_000, 0.03))
	m := v.Match(civic.Filter{})
	for z := maptile.Zoom(0); z <= tiles.MaxZoom; z++ {
		for _, at := range []maptile.Tile{maptile.At(orb.Point{19.95, 50.03}, z), maptile.At(orb.Point{19.95, 50.0}, z)} {
			for layer, body := range map[string][]byte{
				"pins":         v.AppendPins(nil, at, m),
				"hexes":        v.AppendHexes(nil, at, tiles.ZoomResolution(z), m),
				"finest hexes": v.AppendHexes(nil, at, tiles.FinestResolution(z), m),
				"areas":        v.AppendAreas(nil, at, civic.Filter{}),
			} {
				if len(body) == 0 || len(body) > 400_000 {
					t.Errorf("%s at %v: %d bytes", layer, at, len(body))
				}
			}
		}
	}
}

// saw makes teeth of each edge of a closed ring, as high as given in degrees.
func saw(ring orb.Ring, teeth int, height float64) orb.Ring {
	var out orb.Ring
	for i, p := range ring[:len(ring)-1] {
		q := ring[i+1]
		for j := range teeth {
			share := float64(j) / float64(teeth)
			at := orb.Point{p[0] + share*(q[0]-p[0]), p[1] + share*(q[1]-p[1])}
			if j%2 > 0 {
				at[0], at[1] = at[0]+height, at[1]+height
			}
			out = append(out, at)
		}
	}
	return append(out, out[0])
}

// TestBoundariesAreDrawnWhereTheyAre: however they are simplified, no place of
// a boundary is far from where it is drawn.
func TestBoundariesAreDrawnWhereTheyAre(t *testing.T) {
	d := district()
	d.Areas = d.Areas[:1]
	around := d.Areas[0].Boundary[0][0]
	var round orb.Ring // an oval in it
	for i := range 5000 {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / 5000)
		round = append(round, orb.Point{19.925 + 0.02*cos, 50.03 + 0.025*sin})
	}
	d.Areas[0].Boundary = orb.MultiPolygon{{append(round, round[0])}}
	v := tiles.Build(d, nil)
	for _, z := range []maptile.Zoom{9, 11, 13} {
		for _, at := range tilesOver(around.Bound(), z) {
			body := v.AppendAreas(nil, at, civic.Filter{})
			for _, layer := range decode(t, body) {
				ring := layer.Features[0].Geometry.(orb.Polygon)[0]
				if len(ring) > len(round)/2 {
					t.Errorf("%v: %d points", at, len(ring))
				}
				for _, p := range round {
					f := maptile.Fraction(p, z)
					q := orb.Point{math.Floor((f[0] - float64(at.X)) * tiles.Extent), math.Floor((f[1] - float64(at.Y)) * tiles.Extent)}
					if q[0] < 0 || q[1] < 0 || q[0] >= tiles.Extent || q[1] >= tiles.Extent {
						continue
					}
					if away := planar.DistanceFrom(orb.LineString(ring), q); away > 1.5 {
						t.Fatalf("%v: a place of the boundary is %.1f units from it", at, away)
					}
				}
			}
		}
	}
}

// TestTilesCostNoMemory: a tile drawn into a buffer that is large enough takes
// a handful of allocations, however many features it has.
func TestTilesCostNoMemory(t *testing.T) {
	live, _ := follow(t, 3000)
	v, _ := live.District("test")
	m := v.Match(civic.Filter{})
	at := maptile.At(orb.Point{19.95, 50.03}, 12)
	buffer := make([]byte, 0, 1<<20)
	for name, f := range map[string]func(){
		"pins":      func() { v.AppendPins(buffer, at, m) },
		"every pin": func() { v.AppendEveryPin(buffer, at, m) },
		"hexes":     func() { v.AppendHexes(buffer, at, 9, m) },
	} {
		if n := testing.AllocsPerRun(20, f); n > 20 { // the race detector makes pools forget some
			t.Errorf("%s: %.0f allocations", name, n)
		}
	}
}
