package tiles_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	kgzip "github.com/klauspost/compress/gzip"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
	"github.com/pinezka/pinezka/tiles/pmtiles"
)

var updateGoldens = flag.Bool("update", false, "write the golden files")

// archiveFile is an archive that was written.
type archiveFile struct {
	pmtiles.Summary
	bytes    []byte
	tiles    map[uint64][]byte // by id, decompressed
	metadata []byte
}

// writeArchive writes an archive and reads all of it. How clients read archives
// is tested in package pmtiles.
func writeArchive(t testing.TB, v *index.Version, a tiles.Archive) *archiveFile {
	t.Helper()
	var out bytes.Buffer
	a.Spool = tilestest.TempFile(t)
	s, err := a.Write(t.Context(), &out, v)
	if err != nil {
		t.Fatal(err)
	}
	if int(s.Bytes) != out.Len() {
		t.Errorf("the summary has %d bytes, the archive %d", s.Bytes, out.Len())
	}
	f := &archiveFile{Summary: s, bytes: out.Bytes(), tiles: map[uint64][]byte{}}
	f.metadata = f.section(t, f.offset(24), f.offset(32))
	f.readDirectory(t, f.offset(8), f.offset(16))
	return f
}

// offset returns an integer of the header.
func (f *archiveFile) offset(at int) uint64 { return binary.LittleEndian.Uint64(f.bytes[at:]) }

// section returns a part of the file, decompressed.
func (f *archiveFile) section(t testing.TB, offset, length uint64) []byte {
	t.Helper()
	zip, err := gzip.NewReader(bytes.NewReader(f.bytes[offset:][:length]))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(zip)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// readDirectory reads the tiles of a directory and of its leaves.
func (f *archiveFile) readDirectory(t testing.TB, offset, length uint64) {
	t.Helper()
	leaves, data := f.offset(40), f.offset(56)
	in := bytes.NewReader(f.section(t, offset, length))
	n, err := binary.ReadUvarint(in)
	if err != nil {
		t.Fatal(err)
	}
	entries := make([][4]uint64, n) // id, run, length, offset + 1
	for field := range 4 {
		for i := range entries {
			if entries[i][field], err = binary.ReadUvarint(in); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i := range entries {
		e := &entries[i]
		if i > 0 {
			e[0] += entries[i-1][0]
		}
		if e[3] == 0 {
			e[3] = entries[i-1][3] + entries[i-1][2]
		}
		if e[1] == 0 {
			f.readDirectory(t, leaves+e[3]-1, e[2])
			continue
		}
		body := f.section(t, data+e[3]-1, e[2])
		for id := e[0]; id < e[0]+e[1]; id++ {
			f.tiles[id] = body
		}
	}
}

func (f *archiveFile) tile(t maptile.Tile) []byte { return f.tiles[pmtiles.TileID(t)] }

// liveTile returns the layers of an archive as the live map draws them.
func liveTile(v *index.Version, a tiles.Archive, t maptile.Tile) []byte {
	f := v.Filter(a.Filter)
	has := func(layer string) bool { return len(a.Layers) == 0 || slices.Contains(a.Layers, layer) }
	var b []byte
	if has(draw.LayerPins) {
		b = draw.Pins(b, v, t, f)
	}
	r := draw.ZoomResolution(t.Z)
	if a.Resolution != 0 {
		r = a.Resolution
	}
	if has(draw.LayerHexes) && r <= draw.ZoomResolution(t.Z)+1 {
		b = draw.Hexes(b, v, t, r, f)
	}
	if has(draw.LayerAreas) {
		b = draw.Areas(b, v, t, a.Filter)
	}
	return b
}

// tilesAround returns the tiles of a zoom that meet a bound, and one more on
// every side, since hexes can be a little beyond it.
func tilesAround(b orb.Bound, z maptile.Zoom) []maptile.Tile {
	low, high := maptile.At(b.LeftTop(), z), maptile.At(b.RightBottom(), z)
	last := uint32(1)<<z - 1
	var out []maptile.Tile
	for x := max(low.X, 1) - 1; x <= min(high.X+1, last); x++ {
		for y := max(low.Y, 1) - 1; y <= min(high.Y+1, last); y++ {
			out = append(out, maptile.Tile{X: x, Y: y, Z: z})
		}
	}
	return out
}

func TestArchiveHasTheLiveTiles(t *testing.T) {
	_, db := follow(t, 2500)
	live, err := tiles.Load(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	v, ok := live.District("test")
	if !ok || v.Len() < 1000 || !live.State().Ready {
		t.Fatalf("the district is not loaded: %+v", live.State())
	}
	for name, a := range map[string]tiles.Archive{
		"all":             {MaxZoom: 15},
		"deep pins":       {Layers: []string{draw.LayerPins}, MaxZoom: 18},
		"shallow":         {MaxZoom: 3},
		"hexes of 9":      {Layers: []string{draw.LayerHexes}, Resolution: 9},
		"all, hexes of 7": {Resolution: 7, MaxZoom: 13},
		"hexes of 11":     {Layers: []string{draw.LayerHexes}, Resolution: 11, MaxZoom: 15},
		"areas":           {Layers: []string{draw.LayerAreas}},
		"needs":           {Filter: civic.Filter{Kinds: []civic.Kind{civic.Need}}, MaxZoom: 14},
		"a few": {MaxZoom: 14, Filter: civic.Filter{
			Categories: []string{"trees", "club"}, Areas: []string{"east"}, From: 20100, Until: 20131,
			Statuses: []civic.Status{civic.Reported, civic.Active},
		}},
		"hex-only": {MaxZoom: 14, Filter: civic.Filter{Categories: []string{"fear"}}},
	} {
		t.Run(name, func(t *testing.T) { checkArchive(t, v, a) })
	}
}

func TestArchiveOfAVersionWithADelta(t *testing.T) {
	live, db := follow(t, 600)
	db.change(t.Context(), t, 3, 30)
	catchUp(t, live)
	v, _ := live.District("test")
	checkArchive(t, v, tiles.Archive{MaxZoom: 14})
}

// checkArchive compares every tile of an archive with that of the live map.
func checkArchive(t *testing.T, v *index.Version, a tiles.Archive) {
	t.Helper()
	got := writeArchive(t, v, a)
	maxZoom := a.MaxZoom
	if maxZoom == 0 {
		maxZoom = 14
	}
	n := 0
	for z := maptile.Zoom(0); z <= maxZoom; z++ {
		for _, tile := range tilesAround(v.District.Boundary.Bound(), z) {
			want := liveTile(v, a, tile)
			if body := got.tile(tile); !bytes.Equal(body, want) {
				t.Fatalf("%v: %d bytes, the live tile has %d", tile, len(body), len(want))
			}
			if len(want) > 0 {
				n++
			}
		}
	}
	if n == 0 || got.Tiles != n || len(got.tiles) != n {
		t.Errorf("%d tiles in the archive, the summary has %d, the live map %d", len(got.tiles), got.Tiles, n)
	}
}

// TestDeepArchive writes more tiles than a root directory can have.
func TestDeepArchive(t *testing.T) {
	v := loadVersion(t, 12000)
	a := tiles.Archive{Layers: []string{draw.LayerPins}, MaxZoom: 20}
	got := writeArchive(t, v, a)
	if got.offset(48) == 0 || len(got.tiles) != got.Tiles {
		t.Fatalf("leaf directories of %d bytes; %d tiles of %d", got.offset(48), len(got.tiles), got.Tiles)
	}
	for i, p := range memoryOf(t, 12000).pins[:240] {
		tile := maptile.At(p.Shown.Point, []maptile.Zoom{0, 9, 14, 17, 19, 20}[i%6])
		if !bytes.Equal(got.tile(tile), liveTile(v, a, tile)) {
			t.Fatalf("%v differs", tile)
		}
	}
}

// TestEqualTilesAreWrittenOnce writes tiles of areas, most of which are equal.
func TestEqualTilesAreWrittenOnce(t *testing.T) {
	got := writeArchive(t, loadVersion(t, 0), tiles.Archive{Layers: []string{draw.LayerAreas}, MaxZoom: 17})
	if got.Contents > got.Tiles/4 || got.Entries > got.Tiles/2 {
		t.Errorf("%d tiles, %d entries, %d contents", got.Tiles, got.Entries, got.Contents)
	}
}

func TestArchivesOfOneVersionAreEqual(t *testing.T) {
	v := loadVersion(t, 2000)
	if !bytes.Equal(writeArchive(t, v, tiles.Archive{}).bytes, writeArchive(t, v, tiles.Archive{}).bytes) {
		t.Error("two archives of one version differ")
	}
}

// TestGoldenArchive compares the header and the metadata with a golden file.
func TestGoldenArchive(t *testing.T) {
	got := writeArchive(t, loadVersion(t, 40), tiles.Archive{
		MaxZoom: 12, Resolution: 8, Filter: civic.Filter{Kinds: []civic.Kind{civic.Need}, From: 20000, Until: 20401},
	})
	var dump strings.Builder
	for i := 0; i < 127; i += 16 {
		fmt.Fprintf(&dump, "%3d  % x\n", i, got.bytes[i:min(i+16, 127)])
	}
	fmt.Fprintln(&dump)
	var metadata map[string]any
	if err := json.Unmarshal(got.metadata, &metadata); err != nil {
		t.Fatal(err)
	}
	text, err := json.MarshalIndent(metadata, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&dump, "%s\n", text)
	name := filepath.Join("testdata", "archive.golden")
	if *updateGoldens {
		if err := os.WriteFile(name, []byte(dump.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), dump.String()); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
}

// TestArchiveExtent checks that the bound of the header is little larger than the
// coarsest hexes around the district, and where viewers begin.
func TestArchiveExtent(t *testing.T) {
	v := loadVersion(t, 300)
	got := writeArchive(t, v, tiles.Archive{})
	bound, centre := got.boundOf()
	b := v.District.Boundary.Bound()
	if bound.Union(b) != bound || b.Pad(2).Union(bound) != b.Pad(2) {
		t.Errorf("the bound %v is not around the district, %v", bound, b)
	}
	if centre != b.Center() || got.MinZoom != 0 || got.MaxZoom != 16 {
		t.Errorf("centre %v, zooms %d to %d", centre, got.MinZoom, got.MaxZoom)
	}
}

func TestInvalidArchives(t *testing.T) {
	v := loadVersion(t, 50)
	for name, c := range map[string]struct {
		a    tiles.Archive
		want error
	}{
		"layer":           {tiles.Archive{Layers: []string{"roads"}}, civic.ErrInvalid},
		"zoom":            {tiles.Archive{MaxZoom: 21}, civic.ErrInvalid},
		"coarse":          {tiles.Archive{Resolution: 3}, civic.ErrInvalid},
		"fine":            {tiles.Archive{Resolution: 12}, civic.ErrInvalid},
		"zoom too low":    {tiles.Archive{Resolution: 11, MaxZoom: 5}, civic.ErrInvalid},
		"nothing matches": {tiles.Archive{Layers: []string{draw.LayerPins}, Filter: civic.Filter{From: 1, Until: 3}}, pmtiles.ErrEmpty},
		"hex-only pins":   {tiles.Archive{Layers: []string{draw.LayerPins}, Filter: civic.Filter{Categories: []string{"fear"}}}, pmtiles.ErrEmpty},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			c.a.Spool = tilestest.TempFile(t)
			if _, err := c.a.Write(t.Context(), &out, v); !errors.Is(err, c.want) || out.Len() > 0 {
				t.Errorf("%v, and %d bytes", err, out.Len())
			}
		})
	}
}

func TestFullDisk(t *testing.T) {
	v := loadVersion(t, 3000)
	for _, c := range []struct{ spool, out int }{{100, 1e6}, {1e7, 10}, {1e7, 3000}} {
		a := tiles.Archive{Spool: &tilestest.FullDisk{ReadWriteSeeker: tilestest.TempFile(t), Left: c.spool}}
		if _, err := a.Write(t.Context(), &tilestest.FullDisk{Left: c.out}, v); !errors.Is(err, tilestest.ErrFull) {
			t.Errorf("space for %d bytes of tiles and %d of the archive: %v", c.spool, c.out, err)
		}
	}
}

// TestInterruptedArchive cancels the context when half of the tiles are
// written, and checks that no goroutine remains, since synctest waits for all.
func TestInterruptedArchive(t *testing.T) { synctest.Test(t, testInterruptedArchive) }

func testInterruptedArchive(t *testing.T) {
	v := loadVersion(t, 3000)
	ctx, stop := context.WithCancel(t.Context())
	a := tiles.Archive{Spool: tilestest.TempFile(t), Progress: func(done, total int) {
		if done == total/2 {
			stop()
		}
	}}
	var out bytes.Buffer
	if _, err := a.Write(ctx, &out, v); !errors.Is(err, context.Canceled) || out.Len() > 0 {
		t.Errorf("%v, and %d bytes", err, out.Len())
	}
}

func TestArchiveProgress(t *testing.T) {
	last, all := 0, 0
	a := tiles.Archive{Spool: tilestest.TempFile(t), Progress: func(done, total int) {
		if done != last+1 {
			t.Errorf("progress %d after %d", done, last)
		}
		last, all = done, total
	}}
	w, err := a.Write(t.Context(), io.Discard, loadVersion(t, 200))
	if err != nil || last != all || last < w.Tiles {
		t.Errorf("progress %d of %d for %d tiles: %v", last, all, w.Tiles, err)
	}
}

// BenchmarkPMTiles writes archives, and in the same run only draws the same
// tiles ("bare"), and draws and compresses them ("zipped"), on as many cores.
// It reports how many times longer an archive takes than each.
func BenchmarkPMTiles(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		v := loadVersion(b, n)
		for name, a := range map[string]tiles.Archive{
			"all": {}, "pins": {Layers: []string{draw.LayerPins}}, "hexes": {Layers: []string{draw.LayerHexes}},
		} {
			b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) { benchmarkArchive(b, v, a) })
		}
	}
}

func benchmarkArchive(b *testing.B, v *index.Version, a tiles.Archive) {
	w := writeArchive(b, v, a)
	list := w.list(b)
	var whole, bare, zipped cost
	for b.Loop() {
		a.Spool = tilestest.TempFile(b)
		whole.of(func() {
			if _, err := a.Write(b.Context(), io.Discard, v); err != nil {
				b.Fatal(err)
			}
		})
		bare.of(func() { drawAll(v, a, list, false) })
		zipped.of(func() { drawAll(v, a, list, true) })
	}
	n := float64(b.N * w.Tiles)
	b.ReportMetric(n/whole.wall.Seconds(), "tiles/s")
	b.ReportMetric(n/bare.wall.Seconds(), "bare-tiles/s")
	b.ReportMetric(whole.wall.Seconds()/bare.wall.Seconds(), "x-bare")
	b.ReportMetric(whole.wall.Seconds()/zipped.wall.Seconds(), "x-zipped")
	b.ReportMetric(whole.cpu.Seconds()/bare.cpu.Seconds(), "x-bare-cpu")
	b.ReportMetric(whole.cpu.Seconds()/zipped.cpu.Seconds(), "x-zipped-cpu")
	b.ReportMetric(float64(w.Bytes)/float64(w.Tiles), "B/tile")
}

// cost is elapsed time and processor time; the latter is more exact when the
// machine is busy.
type cost struct{ wall, cpu time.Duration }

func (c *cost) of(f func()) {
	begun, used := time.Now(), processorTime()
	f()
	c.wall += time.Since(begun)
	c.cpu += processorTime() - used
}

func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// list returns the tiles of the archive.
func (f *archiveFile) list(t testing.TB) []maptile.Tile {
	t.Helper()
	var list []maptile.Tile
	for z := maptile.Zoom(0); z <= f.MaxZoom; z++ {
		for _, tile := range tilesAround(tilestest.District().Boundary.Bound(), z) {
			if f.tile(tile) != nil {
				list = append(list, tile)
			}
		}
	}
	if len(list) != f.Tiles {
		t.Fatalf("%d tiles of %d", len(list), f.Tiles)
	}
	return list
}

// drawAll draws the tiles on all cores, and compresses them if zipped.
func drawAll(v *index.Version, a tiles.Archive, list []maptile.Tile, zipped bool) {
	has := func(layer string) bool { return len(a.Layers) == 0 || slices.Contains(a.Layers, layer) }
	pins, hexes, areas := has(draw.LayerPins), has(draw.LayerHexes), has(draw.LayerAreas)
	f := v.Filter(a.Filter)
	var next atomic.Int64
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			z, _ := kgzip.NewWriterLevel(io.Discard, 4)
			var buf []byte
			for {
				i := int(next.Add(1)) - 1
				if i >= len(list) {
					return
				}
				buf = buf[:0]
				if pins {
					buf = draw.Pins(buf, v, list[i], f)
				}
				if hexes {
					buf = draw.Hexes(buf, v, list[i], draw.ZoomResolution(list[i].Z), f)
				}
				if areas {
					buf = draw.Areas(buf, v, list[i], a.Filter)
				}
				if zipped {
					z.Reset(io.Discard)
					_, _ = z.Write(buf)
					_ = z.Close()
				}
			}
		})
	}
	group.Wait()
}

// BenchmarkGzip compares two implementations of gzip on one tile of each zoom,
// by level.
func BenchmarkGzip(b *testing.B) {
	v := loadVersion(b, 200_000)
	var bodies [][]byte
	size := 0
	for z := maptile.Zoom(8); z <= 16; z++ {
		body := liveTile(v, tiles.Archive{}, maptile.At(orb.Point{19.951, 50.031}, z))
		bodies = append(bodies, body)
		size += len(body)
	}
	type writer interface {
		io.WriteCloser
		Reset(io.Writer)
	}
	for _, level := range []int{1, 4, 6, 9} {
		standard, err := gzip.NewWriterLevel(io.Discard, level)
		if err != nil {
			b.Fatal(err)
		}
		klauspost, err := kgzip.NewWriterLevel(io.Discard, level)
		if err != nil {
			b.Fatal(err)
		}
		for name, z := range map[string]writer{"standard": standard, "klauspost": klauspost} {
			b.Run(fmt.Sprintf("%s/%d", name, level), func(b *testing.B) {
				b.SetBytes(int64(size))
				packed := 0
				var out bytes.Buffer
				for b.Loop() {
					packed = 0
					for _, body := range bodies {
						out.Reset()
						z.Reset(&out)
						if _, err := z.Write(body); err != nil {
							b.Fatal(err)
						}
						if err := z.Close(); err != nil {
							b.Fatal(err)
						}
						packed += out.Len()
					}
				}
				b.ReportMetric(100*float64(packed)/float64(size), "%size")
			})
		}
	}
}
