package tiles_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"
	"github.com/paulmach/orb/planar"
	"github.com/uber/h3-go/v4"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles"
)

// box is a rectangle as a multipolygon.
func box(west, south, east, north float64) orb.MultiPolygon {
	return orb.MultiPolygon{orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}.ToPolygon()}
}

// district with two areas, that leave a part to none, and a category of each
// visibility.
func district() civic.District {
	return civic.District{
		ID: 1, Slug: "test", Name: civic.Text{"en": "Test"}, Languages: []string{"en"}, TimeZone: "UTC", Moderation: civic.ModerateAfter,
		Boundary: box(19.9, 50.0, 20.0, 50.06),
		Areas: []civic.Area{
			{ID: 1, Slug: "west", Name: civic.Text{"en": "West"}, Version: 1, Position: 1, Boundary: box(19.9, 50.0, 19.95, 50.06)},
			{ID: 2, Slug: "east", Name: civic.Text{"en": "East"}, Version: 1, Position: 2, Boundary: box(19.95, 50.0, 19.99, 50.06)},
		},
		Categories: []civic.Category{
			{ID: 1, Slug: "trees", Kind: civic.Need, Visibility: civic.Exact, Colour: "#336633", Label: civic.Text{"en": "Trees"}},
			{ID: 2, Slug: "help", Kind: civic.Potential, Visibility: civic.Blurred, Colour: "#663333", Label: civic.Text{"en": "Help"}},
			{ID: 3, Slug: "fear", Kind: civic.Need, Visibility: civic.HexOnly, Colour: "#333366", Label: civic.Text{"en": "Fear"}},
			{ID: 4, Slug: "club", Kind: civic.Organisation, Visibility: civic.Exact, Colour: "#333366", Label: civic.Text{"en": "Club"}},
		},
	}
}

// draft of a random pin within the district.
func draft(r *rand.Rand) civic.Draft {
	d := civic.Draft{
		Category: []string{"trees", "help", "fear", "club"}[r.IntN(4)], Title: fmt.Sprintf("Pin %d", r.IntN(1e6)),
		Point:      orb.Point{19.9 + 0.1*r.Float64(), 50 + 0.06*r.Float64()},
		ReportedOn: civic.Day(20000 + r.IntN(700)),
	}
	if r.IntN(2) == 0 { // clustered
		d.Point = orb.Point{19.95 + 0.002*r.NormFloat64(), 50.03 + 0.001*r.NormFloat64()}
	}
	if d.Category == "trees" || d.Category == "fear" {
		d.Status = civic.Statuses()[r.IntN(9)]
	}
	return d
}

// scattered are n pins about the middle of the district, with the standard
// deviation in degrees of longitude.
func scattered(t testing.TB, n int, deviation float64) []civic.MapPin {
	t.Helper()
	r := rand.New(rand.NewPCG(4, 4))
	pins := make([]civic.MapPin, n)
	for i := range pins {
		p := orb.Point{19.95 + deviation*r.NormFloat64(), 50.03 + 0.6*deviation*r.NormFloat64()}
		cell, err := geo.CellAt(p)
		if err != nil {
			t.Fatal(err)
		}
		pins[i] = civic.MapPin{
			DistrictID: 1, ID: int64(i + 1), Shown: civic.Location{Point: p, Cell: cell}, CategoryID: []uint16{1, 2, 4}[i%3],
			Status: civic.Statuses()[r.IntN(10)], AreaID: uint16(r.IntN(3)), Day: civic.Day(20000 + r.IntN(700)),
		}
	}
	return pins
}

// filter at random, often empty.
func filter(r *rand.Rand) civic.Filter {
	var f civic.Filter
	if r.IntN(3) == 0 {
		f.Kinds = []civic.Kind{civic.Kinds()[r.IntN(3)]}
	}
	if r.IntN(3) == 0 {
		f.Categories = []string{"trees", "fear"}[:1+r.IntN(2)]
	}
	if r.IntN(3) == 0 {
		f.Statuses = []civic.Status{civic.Statuses()[r.IntN(10)], civic.Reported}
	}
	if r.IntN(2) == 0 {
		f.Areas = [][]string{{"west"}, {"east"}, {"west", "east"}}[r.IntN(3)]
	}
	if r.IntN(2) == 0 {
		f.From = civic.Day(20000 + r.IntN(700))
		f.To = f.From + civic.Day(r.IntN(300))
	}
	return f
}

func decode(t *testing.T, b []byte) mvt.Layers {
	t.Helper()
	layers, err := mvt.Unmarshal(b)
	if err != nil {
		t.Fatalf("decode tile: %v", err)
	}
	return layers
}

// tilesOver lists the tiles of a zoom that meet the bound.
func tilesOver(b orb.Bound, z maptile.Zoom) []maptile.Tile {
	low, high := maptile.At(b.LeftTop(), z), maptile.At(b.RightBottom(), z)
	var out []maptile.Tile
	for x := low.X; x <= high.X; x++ {
		for y := low.Y; y <= high.Y; y++ {
			out = append(out, maptile.Tile{X: x, Y: y, Z: z})
		}
	}
	return out
}

// number of a decoded property.
func number(v any) int {
	f, _ := v.(float64)
	return int(f)
}

// tileTotals are the counts of a zoom's pin tiles and of its hex tiles, each
// hex once.
func tileTotals(t *testing.T, v *tiles.Version, f civic.Filter, z maptile.Zoom, r geo.Resolution) (points, hexes civic.Counts) {
	t.Helper()
	m := v.Match(f)
	seen := map[string]civic.Counts{}
	for _, tile := range tilesOver(v.District.Boundary.Bound().Pad(0.02), z) {
		for _, layer := range decode(t, v.AppendPins(nil, tile, m)) {
			for _, feature := range layer.Features {
				k, err := civic.ParseKind(feature.Properties.MustString("kind"))
				if err != nil {
					t.Fatal(err)
				}
				points.Add(k, number(feature.Properties["n"]))
			}
		}
		for _, layer := range decode(t, v.AppendHexes(nil, tile, r, m)) {
			for _, feature := range layer.Features {
				p := feature.Properties
				c := civic.Counts{Need: number(p["need"]), Potential: number(p["potential"]), Organisation: number(p["organisation"])}
				if c.Total() != number(p["total"]) || c.Total() == 0 {
					t.Fatalf("hex %v does not add up", p)
				}
				h3 := p.MustString("h3")
				if was, ok := seen[h3]; ok && was != c {
					t.Fatalf("hex %s counts %v in one tile and %v in another", h3, was, c)
				}
				seen[h3] = c
			}
		}
	}
	for _, c := range seen {
		hexes.Need += c.Need
		hexes.Potential += c.Potential
		hexes.Organisation += c.Organisation
	}
	return points, hexes
}

func TestTilesToTheLetter(t *testing.T) {
	live, _ := follow(t, 3000)
	v, _ := live.District("test")
	for z := maptile.Zoom(0); z <= tiles.MaxZoom; z += 2 {
		at := maptile.At(orb.Point{19.95, 50.03}, z)
		layers := decode(t, v.AppendHexes(nil, at, tiles.ZoomResolution(z), v.Match(civic.Filter{})))
		layers = append(layers, decode(t, v.AppendPins(nil, at, v.Match(civic.Filter{})))...)
		layers = append(layers, decode(t, v.AppendAreas(nil, at, civic.Filter{}))...)
		for _, layer := range layers {
			if layer.Version != 2 || layer.Extent != tiles.Extent || len(layer.Features) == 0 {
				t.Errorf("%v, layer %s: version %d, extent %d, %d features", at, layer.Name, layer.Version, layer.Extent, len(layer.Features))
			}
			ids := map[float64]bool{}
			for _, f := range layer.Features {
				id, _ := f.ID.(float64)
				if id >= 1<<53 || ids[id] {
					t.Errorf("%v, layer %s: id %v is too large or taken", at, layer.Name, f.ID)
				}
				ids[id] = true
				checkGeometry(t, f.Geometry)
			}
		}
	}
}

// checkGeometry holds coordinates near the tile, and rings wound as version 2.1
// says: positive area by the surveyor's formula for the outer one, in a system
// whose y points downward.
func checkGeometry(t *testing.T, g orb.Geometry) {
	t.Helper()
	b := g.Bound()
	if b.Min[0] < -64 || b.Min[1] < -64 || b.Max[0] > tiles.Extent+64 || b.Max[1] > tiles.Extent+64 {
		t.Errorf("geometry leaves the tile: %v", b)
	}
	outer := func(p orb.Polygon) {
		for i, ring := range p {
			area := 0.0
			for j := 1; j < len(ring); j++ {
				area += ring[j-1][0]*ring[j][1] - ring[j][0]*ring[j-1][1]
			}
			if (area > 0) != (i == 0) {
				t.Errorf("ring %d has area %v", i, area/2)
			}
		}
	}
	switch g := g.(type) {
	case orb.Polygon:
		outer(g)
	case orb.MultiPolygon:
		for _, p := range g {
			outer(p)
		}
	}
}

func TestHexesCoverTheirArea(t *testing.T) {
	live, _ := follow(t, 1500)
	v, _ := live.District("test")
	for r := tiles.MinResolution; r <= 10; r++ {
		for _, area := range []string{"", "west", "east"} {
			f := civic.Filter{}
			shape := v.District.Boundary
			if area != "" {
				f.Areas = []string{area}
				a, _ := v.District.Area(area)
				shape = a.Boundary
			}
			hexes, err := v.Hexes(r, f)
			if err != nil {
				t.Fatal(err)
			}
			sum, empty := 0, 0
			cells := map[geo.Cell]bool{}
			for _, h := range hexes {
				sum += h.Total()
				if cells[h.Cell] || h.Cell.Resolution() != r {
					t.Fatalf("cell %s is there twice, or of another resolution", h.Cell)
				}
				cells[h.Cell] = true
				if h.Total() == 0 {
					empty++
				}
			}
			if want := v.Stats(f).Total(); sum != want {
				t.Errorf("area %q at %d: hexes sum to %d, stats to %d", area, r, sum, want)
			}
			cover, err := geo.Cover(shape, r, tiles.MaxHexes)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range cover {
				if !cells[c] {
					t.Fatalf("area %q at %d lacks %s", area, r, c)
				}
			}
			if !slices.IsSortedFunc(hexes, func(a, b tiles.Hex) int { return int(int64(a.Cell) - int64(b.Cell)) }) {
				t.Error("hexes are out of order")
			}
			if r == 10 && area == "" && empty == 0 {
				t.Error("no empty cells")
			}
		}
	}
}

func TestHexedPinsAreNeverPoints(t *testing.T) {
	live, _ := follow(t, 500)
	v, _ := live.District("test")
	f := civic.Filter{Categories: []string{"fear"}}
	points, hexes := tileTotals(t, v, f, 12, 9)
	if points.Total() != 0 || hexes.Total() == 0 || hexes.Total() != v.Stats(f).Total() {
		t.Errorf("%d points, %d in hexes, %d in stats", points.Total(), hexes.Total(), v.Stats(f).Total())
	}
	for z := maptile.Zoom(10); z <= 16; z += 3 {
		for _, tile := range tilesOver(v.District.Boundary.Bound(), z) {
			for _, layer := range decode(t, v.AppendPins(nil, tile, v.Match(civic.Filter{}))) {
				for _, feature := range layer.Features {
					if feature.Properties.MustString("category") == "fear" {
						t.Fatal("a pin that is shown in hexes only is in a point tile")
					}
				}
			}
		}
	}
}

func TestHexesAgreeWithTheCellsShape(t *testing.T) {
	live, _ := follow(t, 300)
	v, _ := live.District("test")
	const z = 14
	for _, tile := range tilesOver(v.District.Boundary.Bound(), z) {
		layers := decode(t, v.AppendHexes(nil, tile, 8, v.Match(civic.Filter{})))
		layers.ProjectToWGS84(tile)
		for _, layer := range layers {
			for _, f := range layer.Features {
				cell := geo.Cell(h3.CellFromString(f.Properties.MustString("h3")))
				if id, _ := f.ID.(float64); uint64(id) != cell.ID() {
					t.Errorf("%s has the id %v", cell, f.ID)
				}
				whole := cell.Boundary().Bound()
				got := f.Geometry.Bound()
				slack := 1e-4
				if got.Min[0] < whole.Min[0]-slack || got.Max[0] > whole.Max[0]+slack || math.Abs(planar.Area(f.Geometry)) > planar.Area(cell.Boundary())*1.02 {
					t.Errorf("%s is drawn at %v, lies at %v", cell, got, whole)
				}
			}
		}
	}
}

func TestTileChecks(t *testing.T) {
	for tile, ok := range map[maptile.Tile]bool{
		{Z: 0}: true, {Z: 3, X: 7, Y: 7}: true, {Z: 3, X: 8}: false, {Z: 3, Y: 8}: false, {Z: 21}: false, {Z: 20, X: 1<<20 - 1}: true,
	} {
		if err := tiles.CheckTile(tile); (err == nil) != ok {
			t.Errorf("%v: %v", tile, err)
		}
	}
	want := []geo.Resolution{4, 4, 4, 4, 4, 4, 5, 6, 6, 7, 8, 8, 9, 10, 10, 11, 11}
	var got []geo.Resolution
	for z := range maptile.Zoom(17) {
		got = append(got, tiles.ZoomResolution(z))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("resolutions by zoom (-want +got):\n%s", diff)
	}
}
