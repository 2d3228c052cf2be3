package tiles_test

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/geo/geotest"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
	"github.com/pinezka/pinezka/tiles/mvt"
)

// districtWith returns an index of a district with a boundary, one area for each
// of its polygons, and n pins in it, many of them on its edge.
func districtWith(t testing.TB, boundary orb.MultiPolygon, r *rand.Rand, n int) *index.Version {
	t.Helper()
	d := tilestest.District()
	d.Boundary, d.Areas = boundary, nil
	for i, polygon := range boundary {
		d.Areas = append(d.Areas, civic.Area{ID: int32(i + 1), Slug: string(rune('a' + i)), Name: civic.Text{"en": "Area"}, Boundary: orb.MultiPolygon{polygon}})
	}
	var rows index.Rows
	for id := range int64(n) {
		p := geotest.Point(r, boundary)
		pin, err := d.Accept(civic.Draft{Category: d.Categories[r.IntN(4)].Slug, Title: "x", Point: p, ReportedOn: 20000}, civic.MaxDay)
		if err != nil {
			t.Fatalf("pin at %v: %v", p, err)
		}
		rows.Add(civic.MapPin{ID: id + 1, Shown: pin.Shown, CategoryID: uint16(pin.Category.ID), Status: pin.Status, AreaID: uint16(pin.AreaID), Day: 20000})
	}
	return index.New(d, &rows, index.Config{})
}

// boundOf returns the bound and the centre in the header of an archive.
func (f *archiveFile) boundOf() (b orb.Bound, centre orb.Point) {
	degrees := func(at int) float64 { return float64(int32(binary.LittleEndian.Uint32(f.bytes[at:]))) / 1e7 }
	b = orb.Bound{Min: orb.Point{degrees(102), degrees(106)}, Max: orb.Point{degrees(110), degrees(114)}}
	return b, orb.Point{degrees(119), degrees(123)}
}

// TestEverythingDrawnIsInBounds decodes archives of random districts all over
// the world, many of them across the antimeridian or at high latitudes: whatever
// is drawn is within the bounds of the archive and of the TileJSON of its layer,
// the centre is in the district, and each pin is in one hex of every zoom.
func TestEverythingDrawnIsInBounds(t *testing.T) {
	r := rand.New(rand.NewPCG(180, 85))
	districts := []orb.MultiPolygon{
		{ // Case http-district-across-180-opens-in-africa.
			orb.Bound{Min: orb.Point{177, -19.5}, Max: orb.Point{180, -15.5}}.ToPolygon(),
			orb.Bound{Min: orb.Point{-180, -19.5}, Max: orb.Point{-178, -15.5}}.ToPolygon(),
		},
		tilestest.Box(15.3, 78.1, 15.9, 78.3),                 // Longyearbyen
		tilestest.Box(-180, 84.9, 180, geo.MaxLatitude),       // where Web Mercator ends
		tilestest.Box(-160, -geo.MaxLatitude, -159.5, -84.99), // and in the south
		tilestest.Box(179.9, 65, 179.9999, 65.1),              // beside the antimeridian
		{orb.Bound{Min: orb.Point{19.9, 50}, Max: orb.Point{20, 50.06}}.ToPolygon()},
	}
	for range 10 {
		districts = append(districts, geotest.Boundary(r))
	}
	for i, boundary := range districts {
		v := districtWith(t, boundary, r, 60)
		maxZoom := maptile.Zoom(5)
		for _, a := range []tiles.Archive{{MaxZoom: maxZoom}, {MaxZoom: maxZoom, Layers: []string{draw.LayerPins}}, {MaxZoom: maxZoom, Layers: []string{draw.LayerHexes}, Resolution: 5}} {
			got := writeArchive(t, v, a)
			bound, centre := got.boundOf()
			if !geo.Contains(boundary, centre) && !geo.Contains(boundary, orb.Point{centre[0] + 1e-7, centre[1] + 1e-7}) {
				t.Errorf("%d: the centre %v is not in %v", i, centre, boundary)
			}
			if math.Abs(bound.Min[0]) > 180 || bound.Max[0] > 180 || math.Abs(bound.Min[1]) > 85.0512 || bound.Max[1] > 85.0512 {
				t.Errorf("%d: the bound %v is beyond Web Mercator", i, bound)
			}
			for z := maptile.Zoom(0); z <= maxZoom; z++ {
				checkZoom(t, v, a, got, z, bound)
			}
		}
	}
}

// checkZoom checks the tiles of a zoom of an archive.
func checkZoom(t *testing.T, v *index.Version, a tiles.Archive, got *archiveFile, z maptile.Zoom, bound orb.Bound) {
	t.Helper()
	hexes := map[string]int{}
	for x := range uint32(1) << z {
		for y := range uint32(1) << z {
			at := maptile.Tile{X: x, Y: y, Z: z}
			body := got.tile(at)
			if want := liveTile(v, a, at); string(body) != string(want) {
				t.Fatalf("%v: %d bytes, the live tile has %d", at, len(body), len(want))
			}
			for _, layer := range tilestest.Decode(t, body) {
				live, _ := tiles.NewTileJSON(&v.District, layer.Name, "", a.Resolution)
				within := orb.Bound{Min: orb.Point{live.Bounds[0], live.Bounds[1]}, Max: orb.Point{live.Bounds[2], live.Bounds[3]}}
				for _, f := range layer.Features {
					if b := f.Geometry.Bound(); b.Min[1] < 0 && y == 0 || b.Max[1] > mvt.Extent && y == 1<<z-1 {
						t.Fatalf("%v, %s: %v is beyond Web Mercator", at, layer.Name, b)
					}
					for _, p := range corners(f.Geometry, at) {
						if !inside(bound, p, z) || !inside(within, p, z) {
							t.Fatalf("%v, %s: %v is outside %v and %v", at, layer.Name, p, bound, within)
						}
					}
					if layer.Name == draw.LayerHexes {
						hexes[f.Properties.MustString("h3")] = int(f.Properties.MustFloat64("total"))
					}
				}
			}
		}
	}
	if drawsHexes := len(a.Layers) == 0 || slices.Contains(a.Layers, draw.LayerHexes) && draw.FirstZoom(a.Resolution) <= z; drawsHexes {
		sum := 0
		for _, n := range hexes {
			sum += n
		}
		if sum != v.Len() {
			t.Errorf("zoom %d: %d pins in hexes, want %d", z, sum, v.Len())
		}
	}
}

// corners returns the corners of the bound of a geometry in degrees.
func corners(g orb.Geometry, t maptile.Tile) []orb.Point {
	var out []orb.Point
	b := g.Bound()
	world := math.Ldexp(1, int(t.Z))
	for _, p := range []orb.Point{b.Min, b.Max} {
		x, y := (float64(t.X)+p[0]/mvt.Extent)/world, (float64(t.Y)+p[1]/mvt.Extent)/world
		out = append(out, orb.Point{x*360 - 180, math.Atan(math.Sinh(math.Pi*(1-2*y))) * 180 / math.Pi})
	}
	return out
}

// inside reports whether a bound contains a point of a tile, within two units of
// the tile. In a buffer, longitudes continue beyond the antimeridian.
func inside(b orb.Bound, p orb.Point, z maptile.Zoom) bool {
	slack := 2 * 360.0 / mvt.Extent / math.Ldexp(1, int(z))
	for _, lon := range []float64{p[0], p[0] - 360, p[0] + 360} {
		if b.Pad(slack).Contains(orb.Point{lon, p[1]}) {
			return true
		}
	}
	return false
}
