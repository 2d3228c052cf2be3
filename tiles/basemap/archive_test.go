package basemap_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/basemap"
	"github.com/pinezka/pinezka/tiles/basemap/basemaptest"
	"github.com/pinezka/pinezka/tiles/pmtiles"
)

// at returns the tile of a zoom in the middle of the test's basemaps.
func at(z maptile.Zoom) maptile.Tile { return maptile.At(basemaptest.Bound().Center(), z) }

// street returns the name of the street in a tile.
func street(t *testing.T, a *basemap.Archive, at maptile.Tile) string {
	t.Helper()
	tile, err := a.GzipTile(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	if tile == nil {
		return ""
	}
	plain, err := basemap.Plain(tile)
	if err != nil {
		t.Fatal(err)
	}
	layers, err := mvt.Unmarshal(plain)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(layers.ToFeatureCollections()["roads"].Features[0].Properties["name"])
}

// TestOpen opens a basemap as a file and at a URL: both have the same hash and
// the same tiles.
func TestOpen(t *testing.T) {
	dir := t.TempDir()
	file := basemaptest.Write(t, dir, "Długa", basemaptest.Metadata())
	host := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer host.Close()
	hashes := map[string]bool{}
	for _, location := range []string{file, host.URL + "/basemap.pmtiles"} {
		a, err := basemap.Open(t.Context(), location)
		if err != nil {
			t.Fatal(err)
		}
		hashes[a.Hash] = true
		s := a.Summary()
		if got := street(t, a, at(12)); got != "Długa" || a.Attribution != "© Test" || s.MaxZoom != basemaptest.MaxZoom || a.Extent().Bound != basemaptest.Bound() {
			t.Errorf("%s: street %q, attribution %q, %+v", location, got, a.Attribution, s)
		}
		if got := street(t, a, maptile.New(0, 0, 12)); got != "" {
			t.Errorf("%s: a tile that it does not have: %q", location, got)
		}
	}
	if len(hashes) != 1 || hashes[""] {
		t.Errorf("hashes %v", hashes)
	}
	other, err := basemap.Open(t.Context(), basemaptest.Write(t, dir, "Wielka", basemaptest.Metadata()))
	if err != nil || hashes[other.Hash] {
		t.Errorf("another file has the same hash, %v", err)
	}
}

// TestOpenRefuses checks that a file that is no basemap, is of another version,
// or is cut off is refused with the reason.
func TestOpenRefuses(t *testing.T) {
	with := func(key string, value any) map[string]any {
		m := basemaptest.Metadata()
		m[key] = value
		return m
	}
	for name, c := range map[string]struct {
		metadata any
		cut      int64
		want     error
		text     string
	}{
		"cut off":       {basemaptest.Metadata(), 100, pmtiles.ErrCutOff, "the archive is cut off: its header says "},
		"version":       {with("version", "3.7.1"), 0, basemap.ErrSchema, "it has version 3.7.1"},
		"other schema":  {with("vector_layers", []any{map[string]any{"id": "transportation"}}), 0, basemap.ErrSchema, `it has the layers ["transportation"]`},
		"no layers":     {map[string]any{}, 0, basemap.ErrSchema, ""},
		"not an object": {[]int{1}, 0, basemap.ErrSchema, ""},
	} {
		file := basemaptest.Write(t, t.TempDir(), "Długa", c.metadata)
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(file, info.Size()-c.cut); err != nil {
			t.Fatal(err)
		}
		_, err = basemap.Open(t.Context(), file)
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.text) || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := basemap.Open(t.Context(), filepath.Join(t.TempDir(), "none.pmtiles")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

// TestReload replaces the file of a basemap: first by one that cannot be opened,
// then by a good one.
func TestReload(t *testing.T) {
	dir := t.TempDir()
	file := basemaptest.Write(t, dir, "Długa", basemaptest.Metadata())
	b, err := basemap.OpenBasemap(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	first := b.Archive()
	if changed, err := b.Reload(t.Context()); changed || err != nil {
		t.Errorf("an unchanged file: %v, %v", changed, err)
	}
	basemaptest.Write(t, dir, "Wielka", map[string]any{"version": "2"})
	if changed, err := b.Reload(t.Context()); changed || !errors.Is(err, basemap.ErrSchema) || b.Archive() != first {
		t.Errorf("a bad file: %v, %v", changed, err)
	}
	if got := street(t, b.Archive(), at(12)); got != "Długa" {
		t.Errorf("the version before is served with %q", got)
	}
	basemaptest.Write(t, dir, "Wielka", basemaptest.Metadata())
	if changed, err := b.Reload(t.Context()); !changed || err != nil {
		t.Errorf("a good file: %v, %v", changed, err)
	}
	if got := street(t, b.Archive(), at(12)); got != "Wielka" || b.Archive().Hash == first.Hash {
		t.Errorf("the new version is served with %q", got)
	}
	if got := street(t, first, at(13)); got != "Długa" {
		t.Errorf("a request that began before reads %q", got)
	}
}

// TestCut cuts a basemap to a box, from a file and from a URL: the new one has
// the tiles that touch the box, unchanged, at all zooms, and no others.
func TestCut(t *testing.T) {
	dir := t.TempDir()
	file := basemaptest.Write(t, dir, "Długa", basemaptest.Metadata())
	host := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer host.Close()
	whole, err := basemap.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	box := geo.Box{West: 19.95, South: 50.02, East: 19.96, North: 50.03}
	var outs [2][]byte
	for i, source := range []string{file, host.URL + "/basemap.pmtiles"} {
		out := filepath.Join(t.TempDir(), "cut.pmtiles")
		last := 0
		s, err := basemap.Cut(t.Context(), source, box.Bounds(), out, func(done, total int) { last = total - done })
		if err != nil || last != 0 {
			t.Fatalf("%v, %d tiles are left", err, last)
		}
		cut, err := basemap.Open(t.Context(), out)
		if err != nil {
			t.Fatal(err)
		}
		want := orb.Bound{Min: orb.Point{19.95, 50.02}, Max: orb.Point{19.96, 50.03}}
		if diff := cmp.Diff(want, cut.Extent().Bound); diff != "" || cut.Attribution != whole.Attribution || s.MaxZoom != basemaptest.MaxZoom {
			t.Errorf("bound (-want +got):\n%s", diff)
		}
		n := 0
		for z := maptile.Zoom(0); z <= basemaptest.MaxZoom; z++ {
			from, to := maptile.At(basemaptest.Bound().LeftTop(), z), maptile.At(basemaptest.Bound().RightBottom(), z)
			for x := from.X; x <= to.X; x++ {
				for y := from.Y; y <= to.Y; y++ {
					tile := maptile.New(x, y, z)
					a, errA := whole.GzipTile(t.Context(), tile)
					b, errB := cut.GzipTile(t.Context(), tile)
					touches := tile.Bound().Intersects(want)
					if errA != nil || errB != nil || touches != (b != nil) || touches && !bytes.Equal(a, b) {
						t.Errorf("tile %v: touches the box: %v; %d bytes, %v, %v", tile, touches, len(b), errA, errB)
					}
					if touches {
						n++
					}
				}
			}
		}
		if s.Tiles != n {
			t.Errorf("%d tiles, want %d", s.Tiles, n)
		}
		if outs[i], err = os.ReadFile(out); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(outs[0], outs[1]) {
		t.Error("a cut of a file and one of a URL differ")
	}
}

// TestCutFails checks that a cut that fails or is interrupted leaves the file
// that was there, and nothing else.
func TestCutFails(t *testing.T) {
	file := basemaptest.Write(t, t.TempDir(), "Długa", basemaptest.Metadata())
	dir := t.TempDir()
	out := filepath.Join(dir, "cut.pmtiles")
	if err := os.WriteFile(out, []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := basemap.Cut(t.Context(), file, geo.Box{West: 1, South: 1, East: 2, North: 2}.Bounds(), out, nil); err != nil {
		t.Errorf("low zooms touch every box: %v", err)
	}
	if err := os.WriteFile(out, []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := basemap.Cut(ctx, file, geo.Box{West: 19.9, South: 50, East: 20, North: 50.06}.Bounds(), out, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	left, err := os.ReadDir(dir)
	if text, _ := os.ReadFile(out); err != nil || len(left) != 1 || string(text) != "before" {
		t.Errorf("%v, %q, %v", left, text, err)
	}
}
