package tiles_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	kgzip "github.com/klauspost/compress/gzip"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
)

var updateGoldens = flag.Bool("update", false, "write the goldens anew")

// spool is a file that goes with the test.
func spool(t testing.TB) *os.File {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "spool")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// archiveOf writes an archive and opens it again.
func archiveOf(t testing.TB, v *tiles.Version, a tiles.Archive) (*archive, tiles.Written) {
	t.Helper()
	var out bytes.Buffer
	a.Spool = spool(t)
	w, err := v.WriteArchive(t.Context(), &out, a)
	if err != nil {
		t.Fatal(err)
	}
	got, err := openArchive(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if int(w.Bytes) != out.Len() {
		t.Errorf("says %d bytes, is %d", w.Bytes, out.Len())
	}
	return got, w
}

// someVersion of the test district with n pins, the same ones for the same n.
func someVersion(t testing.TB, n int) *tiles.Version {
	t.Helper()
	d := district()
	r := rand.New(rand.NewPCG(uint64(n), 5))
	pins := make([]civic.MapPin, n)
	for i := range pins {
		p, err := d.Accept(draft(r))
		if err != nil {
			t.Fatal(err)
		}
		pins[i] = civic.MapPin{
			DistrictID: d.ID, ID: int64(i + 1), Shown: p.Shown, CategoryID: uint16(p.Category.ID), Status: p.Status,
			AreaID: uint16(p.AreaID), Day: p.ReportedOn,
		}
	}
	return tiles.Build(d, pins)
}

// liveTile is what the live version draws of the archive's layers.
func liveTile(v *tiles.Version, a tiles.Archive, t maptile.Tile) []byte {
	m := v.Match(a.Filter)
	has := func(layer string) bool { return len(a.Layers) == 0 || slices.Contains(a.Layers, layer) }
	var b []byte
	if has(tiles.LayerPins) {
		b = v.AppendPins(b, t, m)
	}
	r := tiles.ZoomResolution(t.Z)
	if a.Resolution != 0 {
		r = a.Resolution
	}
	if has(tiles.LayerHexes) && r <= tiles.ZoomResolution(t.Z)+1 {
		b = v.AppendHexes(b, t, r, m)
	}
	if has(tiles.LayerAreas) {
		b = v.AppendAreas(b, t, a.Filter)
	}
	return b
}

// aroundTiles lists the tiles of a zoom that meet the bound, and one more on
// every side: hexes reach a little beyond it.
func aroundTiles(b orb.Bound, z maptile.Zoom) []maptile.Tile {
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

func TestArchiveHoldsTheLiveTiles(t *testing.T) {
	_, rec := follow(t, 2500)
	live, err := tiles.Load(t.Context(), rec)
	if err != nil {
		t.Fatal(err)
	}
	v, ok := live.District("test")
	if !ok || v.Len() != 2500 || !live.State().Ready {
		t.Fatalf("%d pins are loaded, %+v", v.Len(), live.State())
	}
	for name, a := range map[string]tiles.Archive{
		"all":             {MaxZoom: 15},
		"deep pins":       {Layers: []string{tiles.LayerPins}, MaxZoom: 18},
		"shallow":         {MaxZoom: 3},
		"hexes of 9":      {Layers: []string{tiles.LayerHexes}, Resolution: 9},
		"all, hexes of 7": {Resolution: 7, MaxZoom: 13},
		"hexes of 11":     {Layers: []string{tiles.LayerHexes}, Resolution: 11, MaxZoom: 15},
		"areas":           {Layers: []string{tiles.LayerAreas}},
		"needs":           {Filter: civic.Filter{Kinds: []civic.Kind{civic.Need}}, MaxZoom: 14},
		"a few": {MaxZoom: 14, Filter: civic.Filter{
			Categories: []string{"trees", "club"}, Areas: []string{"east"}, From: 20100, To: 20130,
			Statuses: []civic.Status{civic.Reported, civic.Active},
		}},
		"hexed only": {MaxZoom: 14, Filter: civic.Filter{Categories: []string{"fear"}}},
	} {
		t.Run(name, func(t *testing.T) { checkArchive(t, v, a) })
	}
}

func TestArchiveOfAVersionWithADelta(t *testing.T) {
	live, rec := follow(t, 600)
	rec.writer(t.Context(), t, 3, 30)
	caughtUp(t, live)
	v, _ := live.District("test")
	checkArchive(t, v, tiles.Archive{MaxZoom: 14})
}

// checkArchive holds every tile of an archive against the version.
func checkArchive(t *testing.T, v *tiles.Version, a tiles.Archive) {
	t.Helper()
	got, w := archiveOf(t, v, a)
	deepest := a.MaxZoom
	if deepest == 0 {
		deepest = 14
	}
	tilesSeen := 0
	for z := maptile.Zoom(0); z <= deepest; z++ {
		for _, tile := range aroundTiles(v.District.Boundary.Bound(), z) {
			want := liveTile(v, a, tile)
			body, err := got.tile(tile)
			if err != nil {
				t.Fatalf("%v: %v", tile, err)
			}
			if !bytes.Equal(body, want) {
				t.Fatalf("%v: %d bytes, the live tile has %d", tile, len(body), len(want))
			}
			if len(want) > 0 {
				tilesSeen++
			}
		}
	}
	if tilesSeen == 0 || w.Tiles != tilesSeen {
		t.Errorf("%d tiles in the archive, %d drawn live", w.Tiles, tilesSeen)
	}
	checkDirectories(t, got)
}

// checkDirectories holds entries and header against each other.
func checkDirectories(t *testing.T, a *archive) {
	t.Helper()
	entries, err := a.entries()
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
			t.Fatalf("entry %d leaves a gap before %d: the file is not clustered", e.id, e.offset)
		}
		end = max(end, e.offset+e.length)
		contents[e.offset] = e.length
	}
	h := &a.head
	if h.Addressed != addressed || h.Entries != uint64(len(entries)) || h.Contents != uint64(len(contents)) || h.DataLength != end {
		t.Errorf("%d tiles, %d entries, %d contents, %d bytes; the header says %+v", addressed, len(entries), len(contents), end, h)
	}
	if first, last := entries[0], entries[len(entries)-1]; zoomOfID(first.id) != h.MinZoom || zoomOfID(last.id+last.run-1) != h.MaxZoom {
		t.Errorf("tiles %d to %d, zooms %d to %d", first.id, last.id, h.MinZoom, h.MaxZoom)
	}
	same := map[string]bool{}
	for offset, length := range contents {
		body, err := a.part(h.DataOffset+offset, length)
		if err != nil {
			t.Fatal(err)
		}
		if same[string(body)] {
			t.Errorf("the content at %d is there twice", offset)
		}
		same[string(body)] = true
	}
}

func zoomOfID(id uint64) uint8 {
	z := maptile.Zoom(0)
	for hilbert(maptile.Tile{Z: z + 1}) <= id {
		z++
	}
	return uint8(z)
}

func TestArchiveWithLeaves(t *testing.T) {
	t.Cleanup(tiles.SetPartRows(1 << 16))
	v := someVersion(t, 12000)
	a := tiles.Archive{Layers: []string{tiles.LayerPins}, MaxZoom: 20}
	got, _ := archiveOf(t, v, a)
	leaves := 0
	for _, e := range got.root {
		if e.run != 0 {
			t.Fatal("a root with leaves has a tile")
		}
		leaves++
	}
	if leaves < 2 || got.head.LeavesLength == 0 {
		t.Fatalf("%d leaves of %d bytes for %d entries", leaves, got.head.LeavesLength, got.head.Entries)
	}
	checkDirectories(t, got)
	r := rand.New(rand.NewPCG(1, 1))
	for _, z := range []maptile.Zoom{0, 9, 14, 17, 19, 20} {
		for range 40 {
			p, err := v.District.Accept(draft(r))
			if err != nil {
				t.Fatal(err)
			}
			tile := maptile.At(p.Shown.Point, z)
			body, err := got.tile(tile)
			if err != nil || !bytes.Equal(body, liveTile(v, a, tile)) {
				t.Fatalf("%v differs: %v", tile, err)
			}
		}
	}
}

func TestArchiveKeepsAContentOnce(t *testing.T) {
	got, w := archiveOf(t, someVersion(t, 0), tiles.Archive{Layers: []string{tiles.LayerAreas}, MaxZoom: 17})
	entries, err := got.entries()
	if err != nil {
		t.Fatal(err)
	}
	longest := uint64(0)
	for _, e := range entries {
		longest = max(longest, e.run)
	}
	if w.Contents > w.Tiles/4 || len(entries) > w.Tiles/2 || longest < 16 {
		t.Errorf("%d tiles, %d entries, %d contents; the longest run is %d", w.Tiles, len(entries), w.Contents, longest)
	}
}

func TestArchiveIsTheSameEachTime(t *testing.T) {
	v := someVersion(t, 2000)
	a, _ := archiveOf(t, v, tiles.Archive{})
	b, _ := archiveOf(t, v, tiles.Archive{})
	if !bytes.Equal(a.file, b.file) {
		t.Error("two archives of one version differ")
	}
}

func TestArchiveHeader(t *testing.T) {
	got, _ := archiveOf(t, someVersion(t, 40), tiles.Archive{
		MaxZoom: 12, Resolution: 8, Filter: civic.Filter{Kinds: []civic.Kind{civic.Need}, From: 20000, To: 20400},
	})
	m, err := got.metadata()
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	var dump strings.Builder
	for i := 0; i < 127; i += 16 {
		fmt.Fprintf(&dump, "%3d  % x\n", i, got.file[i:min(i+16, 127)])
	}
	fmt.Fprintf(&dump, "\n%+v\n\n%s\n", got.head, text)
	name := filepath.Join("testdata", "pmtiles_header.golden")
	if *updateGoldens {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
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

func TestArchiveBounds(t *testing.T) {
	v := someVersion(t, 300)
	got, _ := archiveOf(t, v, tiles.Archive{})
	h := &got.head
	b := v.District.Boundary.Bound()
	if degrees(h.MinLon) > b.Min[0] || degrees(h.MinLat) > b.Min[1] || degrees(h.MaxLon) < b.Max[0] || degrees(h.MaxLat) < b.Max[1] {
		t.Errorf("header %+v does not hold %v", h, b)
	}
	if degrees(h.MaxLon)-b.Max[0] > 0.01 || b.Min[1]-degrees(h.MinLat) > 0.01 {
		t.Errorf("header %+v is far beyond %v", h, b)
	}
	if h.InternalCompression != 2 || h.TileCompression != 2 || h.TileType != 1 || h.Clustered != 1 || h.MinZoom != 0 || h.MaxZoom != 16 {
		t.Errorf("header %+v", h)
	}
}

func degrees(n int32) float64 { return float64(n) / 1e7 }

func TestArchiveThatCannotBe(t *testing.T) {
	v := someVersion(t, 50)
	for name, c := range map[string]struct {
		a    tiles.Archive
		want error
	}{
		"layer":            {tiles.Archive{Layers: []string{"roads"}}, civic.ErrInvalid},
		"zoom":             {tiles.Archive{MaxZoom: 21}, civic.ErrInvalid},
		"coarse":           {tiles.Archive{Resolution: 3}, civic.ErrInvalid},
		"fine":             {tiles.Archive{Resolution: 12}, civic.ErrInvalid},
		"below its zoom":   {tiles.Archive{Resolution: 11, MaxZoom: 5}, civic.ErrInvalid},
		"nothing matches":  {tiles.Archive{Layers: []string{tiles.LayerPins}, Filter: civic.Filter{From: 1, To: 2}}, tiles.ErrNothing},
		"never as a point": {tiles.Archive{Layers: []string{tiles.LayerPins}, Filter: civic.Filter{Categories: []string{"fear"}}}, tiles.ErrNothing},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			c.a.Spool = spool(t)
			if _, err := v.WriteArchive(t.Context(), &out, c.a); !errors.Is(err, c.want) || out.Len() > 0 {
				t.Errorf("%v, and %d bytes", err, out.Len())
			}
		})
	}
}

// full is a disk that takes so many bytes.
type full struct {
	io.ReadWriteSeeker
	left int
}

var errFull = errors.New("no space left")

func (f *full) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, errFull
	}
	if f.ReadWriteSeeker == nil {
		return len(b), nil
	}
	return f.ReadWriteSeeker.Write(b)
}

func TestArchiveThatFails(t *testing.T) {
	v := someVersion(t, 3000)
	if _, err := v.WriteArchive(t.Context(), &full{left: 1e6}, tiles.Archive{Spool: &full{spool(t), 100}}); !errors.Is(err, errFull) {
		t.Errorf("spool full: %v", err)
	}
	for _, left := range []int{10, 3000} {
		if _, err := v.WriteArchive(t.Context(), &full{left: left}, tiles.Archive{Spool: spool(t)}); !errors.Is(err, errFull) {
			t.Errorf("disk full after %d: %v", left, err)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	a := tiles.Archive{Spool: spool(t), Progress: func(done, total int) {
		if done == total/2 {
			stop()
		}
	}}
	var out bytes.Buffer
	before := runtime.NumGoroutine()
	if _, err := v.WriteArchive(ctx, &out, a); !errors.Is(err, context.Canceled) || out.Len() > 0 {
		t.Errorf("interrupted: %v, %d bytes", err, out.Len())
	}
	for deadline := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines are left", runtime.NumGoroutine()-before)
		}
	}
}

func TestArchiveTellsItsProgress(t *testing.T) {
	last, all := 0, 0
	a := tiles.Archive{Spool: spool(t), Progress: func(done, total int) {
		if done != last+1 {
			t.Errorf("%d after %d", done, last)
		}
		last, all = done, total
	}}
	w, err := someVersion(t, 200).WriteArchive(t.Context(), io.Discard, a)
	if err != nil || last != all || last < w.Tiles {
		t.Errorf("%d of %d, %d written: %v", last, all, w.Tiles, err)
	}
}

// BenchmarkPMTiles writes archives, and in the same run draws the same tiles
// bare, and bare with compression, on as many cores. It reports how many times
// longer the archive takes than each.
func BenchmarkPMTiles(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		v := someVersion(b, n)
		for name, a := range map[string]tiles.Archive{
			"all": {}, "pins": {Layers: []string{tiles.LayerPins}}, "hexes": {Layers: []string{tiles.LayerHexes}},
		} {
			b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) { benchmarkArchive(b, v, a) })
		}
	}
}

func benchmarkArchive(b *testing.B, v *tiles.Version, a tiles.Archive) {
	first, w := archiveOf(b, v, a)
	list := listTiles(b, first)
	var whole, bare, zipped cost
	for b.Loop() {
		a.Spool = spool(b)
		whole.of(func() {
			if _, err := v.WriteArchive(b.Context(), io.Discard, a); err != nil {
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

// cost in time on the clock, and in time of the processor, which says more
// where others use it too.
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

// listTiles of an archive.
func listTiles(t testing.TB, a *archive) []maptile.Tile {
	t.Helper()
	var list []maptile.Tile
	for z := maptile.Zoom(0); z <= maptile.Zoom(a.head.MaxZoom); z++ {
		for _, tile := range aroundTiles(district().Boundary.Bound(), z) {
			if body, err := a.tile(tile); err != nil {
				t.Fatal(err)
			} else if body != nil {
				list = append(list, tile)
			}
		}
	}
	if len(list) != int(a.head.Addressed) {
		t.Fatalf("%d tiles of %d", len(list), a.head.Addressed)
	}
	return list
}

// drawAll draws the tiles on all cores, and compresses them if zipped.
func drawAll(v *tiles.Version, a tiles.Archive, list []maptile.Tile, zipped bool) {
	has := func(layer string) bool { return len(a.Layers) == 0 || slices.Contains(a.Layers, layer) }
	pins, hexes, areas := has(tiles.LayerPins), has(tiles.LayerHexes), has(tiles.LayerAreas)
	m := v.Match(a.Filter)
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
					buf = v.AppendPins(buf, list[i], m)
				}
				if hexes {
					buf = v.AppendHexes(buf, list[i], tiles.ZoomResolution(list[i].Z), m)
				}
				if areas {
					buf = v.AppendAreas(buf, list[i], a.Filter)
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

// BenchmarkGzip compares the two writers of gzip there are on one tile of each
// zoom, by level.
func BenchmarkGzip(b *testing.B) {
	v := someVersion(b, 200_000)
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
