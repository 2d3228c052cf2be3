package pmtiles_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/tiles/internal/tilestest"
	"github.com/pinezka/pinezka/tiles/pmtiles"
)

func compressed(t testing.TB, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, content); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// idTile returns the tile with an id, by a search along the curve.
func idTile(id uint64) maptile.Tile {
	z := maptile.Zoom(0)
	for hilbertID(maptile.Tile{Z: z + 1}) <= id {
		z++
	}
	at := maptile.Tile{}
	for at.Z < z {
		children := at.Children()
		for _, child := range children {
			first := hilbertID(maptile.Tile{Z: z}) + (hilbertID(child)-hilbertID(maptile.Tile{Z: child.Z}))<<(2*(z-child.Z))
			if first <= id && id < first+1<<(2*(z-child.Z)) {
				at = child
				break
			}
		}
	}
	return at
}

var krakow = pmtiles.Extent{Bound: orb.Bound{Min: orb.Point{19.9, 50}, Max: orb.Point{20, 50.06}}, Centre: orb.Point{19.95, 50.03}}

// write writes the contents by id, whose ids ascend, and opens the archive.
func write(t testing.TB, ids []uint64, content func(id uint64) string) (*reader, pmtiles.Summary) {
	t.Helper()
	w := pmtiles.NewWriter(tilestest.TempFile(t))
	bodies := map[string][]byte{}
	for _, id := range ids {
		c := content(id)
		if bodies[c] == nil {
			bodies[c] = compressed(t, c)
		}
		if err := w.Add(id, bodies[c]); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	s, err := w.Finish(&out, krakow, func(s pmtiles.Summary) any { return map[string]any{"name": "test", "maxzoom": int(s.MaxZoom)} })
	if err != nil {
		t.Fatal(err)
	}
	r, err := open(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if int(s.Bytes) != out.Len() {
		t.Errorf("the summary has %d bytes, the archive %d", s.Bytes, out.Len())
	}
	return r, s
}

// check compares up to a thousand tiles with their contents, and the header
// with the directories.
func check(t *testing.T, r *reader, s pmtiles.Summary, ids []uint64, content func(id uint64) string) {
	t.Helper()
	for i := 0; i < len(ids); i += 1 + len(ids)/1000 {
		id := ids[i]
		got, err := r.tile(idTile(id))
		if err != nil || string(got) != content(id) {
			t.Fatalf("tile %d is %q, want %q: %v", id, got, content(id), err)
		}
	}
	entries, err := r.entries()
	if err != nil {
		t.Fatal(err)
	}
	addressed, end, next := uint64(0), uint64(0), uint64(0)
	contents := map[uint64]uint64{}
	for _, e := range entries {
		if e.id < next {
			t.Fatalf("entry %d overlaps the one before", e.id)
		}
		next = e.id + e.run
		addressed += e.run
		if e.offset > end {
			t.Fatalf("entry %d is at %d, after a gap: the file is not clustered", e.id, e.offset)
		}
		end = max(end, e.offset+e.length)
		contents[e.offset] = e.length
	}
	h := &r.header
	if h.Addressed != addressed || h.Entries != uint64(len(entries)) || h.Contents != uint64(len(contents)) || h.DataLength != end {
		t.Errorf("%d tiles, %d entries, %d contents, %d bytes; the header has %+v", addressed, len(entries), len(contents), end, h)
	}
	minZoom, maxZoom := idTile(ids[0]).Z, idTile(ids[len(ids)-1]).Z
	want := pmtiles.Summary{Tiles: len(ids), Contents: len(contents), Entries: len(entries), Bytes: s.Bytes, MinZoom: minZoom, MaxZoom: maxZoom}
	if s != want || h.MinZoom != uint8(minZoom) || h.MaxZoom != uint8(maxZoom) {
		t.Errorf("summary %+v, want %+v; the header has %+v", s, want, h)
	}
}

func TestArchive(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var few, sparse []uint64
	for id := uint64(0); id < 2000; id += 1 + r.Uint64N(3) {
		few = append(few, id)
	}
	for id := uint64(5); len(sparse) < 40_000; id += 1 + r.Uint64N(1<<r.UintN(20)) {
		sparse = append(sparse, id)
	}
	for name, c := range map[string]struct {
		ids     []uint64
		content func(id uint64) string
		leaves  bool
	}{
		"one tile":       {[]uint64{0}, func(uint64) string { return "world" }, false},
		"last of a zoom": {[]uint64{20}, func(uint64) string { return "x" }, false},
		"all different":  {few, func(id uint64) string { return fmt.Sprint("tile ", id) }, false},
		"all equal":      {few, func(uint64) string { return "sea" }, false},
		"some equal":     {few, func(id uint64) string { return fmt.Sprint("tile ", id%7/3) }, false},
		"with leaves":    {sparse, func(id uint64) string { return fmt.Sprint("tile ", id%1000) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			got, s := write(t, c.ids, c.content)
			check(t, got, s, c.ids, c.content)
			if leaves := got.root[0].run == 0; leaves != c.leaves || (got.header.LeavesLength > 0) != leaves {
				t.Errorf("leaves: %v; the header has %+v", leaves, got.header)
			}
			m, err := got.metadata()
			if diff := cmp.Diff(map[string]any{"name": "test", "maxzoom": float64(s.MaxZoom)}, m); err != nil || diff != "" {
				t.Errorf("metadata (-want +got):\n%s%v", diff, err)
			}
		})
	}
}

// TestRunsShareAnEntry checks that consecutive tiles with one content are one
// entry.
func TestRunsShareAnEntry(t *testing.T) {
	ids := []uint64{5, 6, 7, 8, 20, 21, 22}
	r, s := write(t, ids, func(id uint64) string { return map[bool]string{true: "sea", false: "land"}[id != 7] })
	if s.Contents != 2 || s.Entries != 4 || r.root[0].run != 2 || r.root[3].run != 3 {
		t.Errorf("%+v, entries %+v", s, r.root)
	}
}

func TestHeader(t *testing.T) {
	r, _ := write(t, []uint64{0, 1, 5, 21}, func(id uint64) string { return fmt.Sprint(id) })
	got := r.header
	got.RootLength, got.MetadataOffset, got.MetadataLength, got.LeavesOffset, got.DataOffset, got.DataLength = 0, 0, 0, 0, 0, 0
	want := fileHeader{
		Magic: [7]byte([]byte("PMTiles")), Version: 3, RootOffset: 127, Addressed: 4, Entries: 4, Contents: 4,
		Clustered: 1, InternalCompression: 2, TileCompression: 2, TileType: 1, MinZoom: 0, MaxZoom: 3,
		MinLon: 199000000, MinLat: 500000000, MaxLon: 200000000, MaxLat: 500600000, CenterZoom: 3, CenterLon: 199500000, CenterLat: 500300000,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
}

func TestTileID(t *testing.T) {
	for _, tile := range []maptile.Tile{
		{}, {Z: 1}, {Z: 1, Y: 1}, {Z: 1, X: 1, Y: 1}, {Z: 1, X: 1}, {Z: 12, X: 2275, Y: 1388}, {Z: 20, X: 1<<20 - 1, Y: 1<<20 - 1}, {Z: 20, X: 1<<20 - 1},
	} {
		if got, want := pmtiles.TileID(tile), hilbertID(tile); got != want {
			t.Errorf("tile %v has the id %d, want %d", tile, got, want)
		}
	}
}

func TestEmptyArchive(t *testing.T) {
	var out bytes.Buffer
	if _, err := pmtiles.NewWriter(tilestest.TempFile(t)).Finish(&out, krakow, nil); !errors.Is(err, pmtiles.ErrEmpty) || out.Len() > 0 {
		t.Errorf("%v, and %d bytes", err, out.Len())
	}
}

func TestFullDisk(t *testing.T) {
	for _, c := range []struct{ spool, out int }{{10, 1e6}, {1e6, 10}, {1e6, 300}} {
		w := pmtiles.NewWriter(&tilestest.FullDisk{ReadWriteSeeker: tilestest.TempFile(t), Left: c.spool})
		for id := range uint64(100) {
			if err := w.Add(id, compressed(t, fmt.Sprint(id))); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.Finish(&tilestest.FullDisk{Left: c.out}, krakow, func(pmtiles.Summary) any { return nil }); !errors.Is(err, tilestest.ErrFull) {
			t.Errorf("space for %d bytes of tiles and %d of the archive: %v", c.spool, c.out, err)
		}
	}
}
