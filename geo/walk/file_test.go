package walk_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/geo/walk"
)

// fileOf returns the file of a graph.
func fileOf(t testing.TB, g *walk.Graph) ([]byte, walk.Hash) {
	t.Helper()
	var file bytes.Buffer
	hash, err := g.Write(&file)
	if err != nil {
		t.Fatal(err)
	}
	return file.Bytes(), hash
}

// withHash returns the file with the hash that belongs to what precedes it.
func withHash(file []byte) []byte {
	head := file[:len(file)-sha256.Size]
	sum := sha256.Sum256(head)
	return append(bytes.Clone(head), sum[:]...)
}

func TestFilesRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 5))
	random := func() (features []geo.Feature) {
		centre := orb.Point{360*r.Float64() - 180, 170*r.Float64() - 85}
		for range 30 {
			var way orb.LineString
			for range 1 + r.IntN(20) {
				lon := centre[0] + 0.05*r.Float64()
				if lon > 180 {
					lon -= 360
				}
				way = append(way, orb.Point{lon, centre[1] + 0.05*r.Float64()})
			}
			features = append(features, street(way))
		}
		return features
	}
	for name, features := range map[string][]geo.Feature{"empty": nil, "random": random(), "another": random(), "city": city(10)} {
		g := graph(features...)
		file, hash := fileOf(t, g)
		got, gotHash, err := walk.Read(iotest.OneByteReader(bytes.NewReader(file)))
		if err != nil || gotHash != hash {
			t.Fatalf("%s: hash %v, want %v; %v", name, gotHash, hash, err)
		}
		if diff := cmp.Diff(g, got, cmp.Exporter(func(reflect.Type) bool { return true })); diff != "" {
			t.Errorf("%s (-want +got):\n%.2000s", name, diff)
		}
		again, _ := fileOf(t, graph(features...))
		if !bytes.Equal(file, again) {
			t.Errorf("%s: the same features result in another file", name)
		}
	}
}

// TestFilesAreSmall measures the file and the memory of a made-up city, whose
// edges have three vertices after they are simplified.
func TestFilesAreSmall(t *testing.T) {
	file, _ := fileOf(t, graph(city(100)...))
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	g, _, err := walk.Read(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	_, edges := g.Len()
	runtime.KeepAlive(file)
	t.Logf("%d edges: %.1f bytes each in the file, %.0f in memory", edges, float64(len(file))/float64(edges), float64(after.HeapAlloc-before.HeapAlloc)/float64(edges))
	if len(file) > 22*edges {
		t.Errorf("%d bytes for %d edges", len(file), edges)
	}
}

// TestDamagedFilesAreRefused changes each byte of a file, and cuts it off at
// each.
func TestDamagedFilesAreRefused(t *testing.T) {
	file, _ := fileOf(t, graph(city(4)...))
	refused := func(what string, at int, file []byte) {
		t.Helper()
		g, _, err := walk.Read(bytes.NewReader(file))
		if g != nil || !errors.Is(err, walk.ErrDamaged) && !errors.Is(err, walk.ErrFormat) {
			t.Fatalf("%s at %d: %v", what, at, err)
		}
	}
	for i := range file {
		refused("cut off", i, file[:i])
		changed := bytes.Clone(file)
		changed[i] ^= 1
		refused("changed", i, changed)
	}
	refused("followed by something", len(file), append(bytes.Clone(file), 0))
}

func TestReadSaysWhatIsWrong(t *testing.T) {
	file, _ := fileOf(t, graph(city(4)...))
	newer := bytes.Clone(file)
	newer[len("pinezka walk")]++
	changed := bytes.Clone(file)
	changed[len(changed)-1]++
	broken := errors.New("broken")
	for _, c := range []struct {
		name string
		from io.Reader
		is   error
		want string
	}{
		{"empty", bytes.NewReader(nil), walk.ErrFormat, "not a walking graph that this program can read"},
		{"something else", bytes.NewReader([]byte("PMTiles\x03 and more")), walk.ErrFormat, "not a walking graph that this program can read"},
		{"another version", bytes.NewReader(newer), walk.ErrFormat, "not a walking graph that this program can read: it has version 2, not 1"},
		{"cut off", bytes.NewReader(file[:100]), walk.ErrDamaged, "the walking graph is damaged: it is cut off"},
		{"another hash", bytes.NewReader(changed), walk.ErrDamaged, "read walking graph: the walking graph is damaged: its hash is another"},
		{"a disk error", io.MultiReader(bytes.NewReader(file[:100]), iotest.ErrReader(broken)), broken, "read walking graph: broken"},
	} {
		if _, _, err := walk.Read(c.from); !errors.Is(err, c.is) || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	if _, err := graph(city(4)...).Write(failing{broken}); !errors.Is(err, broken) {
		t.Errorf("writing to a broken disk: %v", err)
	}
}

// failing is a writer that fails.
type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// FuzzRead checks that Read refuses any file or returns a graph that can be used,
// with memory in proportion to the file. The hash is corrected, so that what
// precedes it is read whatever it is.
func FuzzRead(f *testing.F) {
	for _, features := range [][]geo.Feature{nil, city(2), city(4), {street(orb.LineString{{179.99, 1}, {-179.99, -1}})}} {
		file, _ := fileOf(f, graph(features...))
		f.Add(file)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		if len(file) > sha256.Size {
			file = withHash(file)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		g, hash, err := walk.Read(bytes.NewReader(file))
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 64<<10+200*uint64(len(file)) {
			t.Errorf("%d bytes of memory for a file of %d", used, len(file))
		}
		if err != nil {
			if !errors.Is(err, walk.ErrDamaged) && !errors.Is(err, walk.ErrFormat) {
				t.Error(err)
			}
			return
		}
		g.Components()
		g.Distance(orb.Point{0, 0}, orb.Point{0.01, 0.01}, 1e5)
		g.Nearest(orb.Point{179.999, 89})
		if again, hashAgain := fileOf(t, g); hash != hashAgain && bytes.Equal(again, file) {
			t.Errorf("%v, then %v", hash, hashAgain)
		}
	})
}
