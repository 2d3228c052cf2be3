// Package tilestest provides what the tests of the packages of tiles share: a
// small district, random filters, and files that fail.
package tilestest

import (
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
)

// Box returns a rectangle as a multipolygon.
func Box(west, south, east, north float64) orb.MultiPolygon {
	return orb.MultiPolygon{orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}.ToPolygon()}
}

// District returns a district with two areas, which leave a part without an
// area, and a category of each visibility.
func District() civic.District {
	return civic.District{
		ID: 1, Slug: "test", Name: civic.Text{"en": "Test"}, Languages: []string{"en"}, TimeZone: "UTC", Moderation: civic.ModerateAfter,
		Boundary: Box(19.9, 50.0, 20.0, 50.06),
		Areas: []civic.Area{
			{ID: 1, Slug: "west", Name: civic.Text{"en": "West"}, Version: 1, Position: 1, Boundary: Box(19.9, 50.0, 19.95, 50.06)},
			{ID: 2, Slug: "east", Name: civic.Text{"en": "East"}, Version: 1, Position: 2, Boundary: Box(19.95, 50.0, 19.99, 50.06)},
		},
		Categories: []civic.Category{
			{ID: 1, Slug: "trees", Kind: civic.Need, Visibility: civic.Exact, Colour: "#336633", Label: civic.Text{"en": "Trees"}},
			{ID: 2, Slug: "help", Kind: civic.Potential, Visibility: civic.Blurred, Colour: "#663333", Label: civic.Text{"en": "Help"}},
			{ID: 3, Slug: "fear", Kind: civic.Need, Visibility: civic.HexOnly, Colour: "#333366", Label: civic.Text{"en": "Fear"}},
			{ID: 4, Slug: "club", Kind: civic.Organisation, Visibility: civic.Exact, Colour: "#333366", Label: civic.Text{"en": "Club"}},
		},
	}
}

// RandomFilter returns a filter, often an empty one.
func RandomFilter(r *rand.Rand) civic.Filter {
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
		f.Until = f.From + 1 + civic.Day(r.IntN(300))
		if r.IntN(2) == 0 { // whole months
			f.From, f.Until = f.From.Month().First(), f.Until.Month().First()
		}
	}
	return f
}

// Decode returns the layers of a tile.
func Decode(t testing.TB, b []byte) mvt.Layers {
	t.Helper()
	layers, err := mvt.Unmarshal(b)
	if err != nil {
		t.Fatalf("decode tile: %v", err)
	}
	return layers
}

// TilesOver returns the tiles of a zoom that meet a bound.
func TilesOver(b orb.Bound, z maptile.Zoom) []maptile.Tile {
	low, high := maptile.At(b.LeftTop(), z), maptile.At(b.RightBottom(), z)
	var out []maptile.Tile
	for x := low.X; x <= high.X; x++ {
		for y := low.Y; y <= high.Y; y++ {
			out = append(out, maptile.Tile{X: x, Y: y, Z: z})
		}
	}
	return out
}

// TempFile returns an empty file that is removed after the test.
func TempFile(t testing.TB) *os.File {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "tiles")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// ErrFull is what a FullDisk returns.
var ErrFull = errors.New("no space left")

// FullDisk is a file that returns ErrFull when more than Left bytes are
// written. Without a file, what is written is discarded.
type FullDisk struct {
	io.ReadWriteSeeker
	Left int
}

// Write implements io.Writer.
func (f *FullDisk) Write(b []byte) (int, error) {
	if f.Left -= len(b); f.Left < 0 {
		return 0, ErrFull
	}
	if f.ReadWriteSeeker == nil {
		return len(b), nil
	}
	return f.ReadWriteSeeker.Write(b)
}
