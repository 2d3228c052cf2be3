package osm_test

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/ingest/osm"
	"github.com/pinezka/pinezka/ingest/recordtest"
)

// TestFeatures reads the same extract in both formats.
func TestFeatures(t *testing.T) {
	square := orb.LineString{{20.001, 50.001}, {20.002, 50.001}, {20.002, 50.002}, {20.001, 50.002}, {20.001, 50.001}}
	want := []geo.Feature{
		{Tags: map[string]string{"amenity": "fountain", "name": "Źródło"}, Geometry: orb.Point{20.005, 50.005}},
		{Tags: map[string]string{"highway": "residential", "name": "Kalwaryjska"}, Geometry: orb.LineString{{20.001, 50.001}, {20.002, 50.001}, {20.002, 50.002}}},
		{Tags: map[string]string{"highway": "tertiary", "junction": "roundabout"}, Geometry: square},
		{Tags: map[string]string{"building": "yes"}, Geometry: orb.Polygon{orb.Ring(square)}},
		{Tags: map[string]string{"natural": "water", "name": "Staw"}, Geometry: orb.MultiPolygon{{
			{{20.009, 50.009}, {20.003, 50.009}, {20.003, 50.003}, {20.009, 50.003}, {20.009, 50.009}},
			{{20.005, 50.005}, {20.006, 50.006}, {20.006, 50.005}, {20.005, 50.005}},
		}}},
	}
	for name, content := range map[string][]byte{"a.osm": []byte(extract), "a.osm.pbf": pbf(t)} {
		t.Run(name, func(t *testing.T) {
			var done, total int64
			path := write(t, name, content)
			got, f, err := read(t.Context(), path, func(f *osm.File) {
				f.Boxes = []orb.Bound{{Min: orb.Point{20, 50}, Max: orb.Point{20.01, 50.01}}}
				f.Progress = func(d, of int64) { done, total = d, of }
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if diff := cmp.Diff(osm.Counts{Features: 5, MissingNodes: 1, BrokenRings: 1}, f.Counts()); diff != "" {
				t.Errorf("counts (-want +got):\n%s", diff)
			}
			bound := orb.Bound{Min: orb.Point{20, 50}, Max: orb.Point{20.01, 50.01}}
			if diff := cmp.Diff(bound, f.Bound()); diff != "" {
				t.Errorf("bound (-want +got):\n%s", diff)
			}
			if done != total || total != 3*int64(len(content)) {
				t.Errorf("progress ends at %d of %d", done, total)
			}
		})
	}
}

// TestAreaCutByTheExtract closes an outline whose ends are outside the box, and
// nothing else.
func TestAreaCutByTheExtract(t *testing.T) {
	got, f, err := read(t.Context(), write(t, "a.osm", []byte(extract)), func(f *osm.File) {
		f.Boxes = []orb.Bound{{Min: orb.Point{20.004, 50.002}, Max: orb.Point{20.02, 50.008}}}
	})
	if err != nil || f.Counts().ClosedRings != 1 || f.Counts().BrokenRings != 0 {
		t.Fatalf("%+v, %v", f.Counts(), err)
	}
	last := got[len(got)-1]
	want := orb.MultiPolygon{{{{20.009, 50.009}, {20.003, 50.003}, {20.009, 50.003}, {20.009, 50.009}}}}
	if diff := cmp.Diff(orb.Geometry(want), last.Geometry); diff != "" || last.Tags["natural"] != "wood" {
		t.Errorf("%v (-want +got):\n%s", last.Tags, diff)
	}
}

// TestStop stops after the first feature.
func TestStop(t *testing.T) {
	f, err := osm.Open(write(t, "a.osm.pbf", pbf(t)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, err := range f.Features(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		break
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range f.Features(ctx) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("after cancellation: %v", err)
		}
	}
}

// TestOtherFiles checks that other formats are refused by content, whatever the
// name.
func TestOtherFiles(t *testing.T) {
	for want, content := range map[string]string{
		"it is empty":                    "",
		"archive of tiles":               "PMTiles\x03",
		"decompress it first":            "\x1f\x8b\x08",
		"another text file":              `{"type": "FeatureCollection"}`,
		"a file of changes":              `<?xml version="1.0"?><osmChange version="0.6">`,
		"no OpenStreetMap extract; .osm": "\x00\x01" + strings.Repeat("\xff\xfe", 9),
	} {
		_, err := osm.Open(write(t, "a.osm.pbf", []byte(content)))
		if !errors.Is(err, osm.ErrFormat) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "a.osm.pbf: ") {
			t.Errorf("want %q: %v", want, err)
		}
	}
	if _, err := osm.Open(t.TempDir()); !errors.Is(err, osm.ErrFormat) {
		t.Errorf("a directory: %v", err)
	}
	if _, err := osm.Open(filepath.Join(t.TempDir(), "missing")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

// TestCutOffFile cuts files at every length. Each is refused with its name,
// except a PBF file that ends with a block, which nothing tells from a smaller
// one.
func TestCutOffFile(t *testing.T) {
	for name, content := range map[string][]byte{"a.osm": []byte(extract), "a.osm.pbf": pbf(t)} {
		complete := 0
		path := write(t, name, content)
		for n := len(content) - 2; n > 0; n-- {
			if err := os.Truncate(path, int64(n)); err != nil {
				t.Fatal(err)
			}
			_, _, err := read(t.Context(), path, nil)
			if err == nil {
				complete++
			} else if !strings.Contains(err.Error(), path) {
				t.Fatalf("%s cut to %d bytes: %v", name, n, err)
			}
		}
		if complete > 2 {
			t.Errorf("%s: %d cut files were read", name, complete)
		}
	}
}

// TestDamagedFile changes bytes: most are found, and none does harm.
func TestDamagedFile(t *testing.T) {
	content := pbf(t)
	path := write(t, "a.osm.pbf", content)
	r := rand.New(rand.NewPCG(1, 2))
	found := 0
	const rounds = 2000
	for range rounds {
		damaged := bytes.Clone(content)
		damaged[r.IntN(len(damaged))] ^= byte(1 + r.IntN(255))
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := read(t.Context(), path, nil); err != nil {
			found++
		}
	}
	if found < rounds*8/10 {
		t.Errorf("%d of %d damaged files were refused", found, rounds)
	}
}

func FuzzPBF(f *testing.F) {
	content := pbf(f)
	f.Add(content)
	f.Add(content[:len(content)/2])
	f.Add([]byte(extract))
	path := write(f, "a.osm.pbf", nil)
	f.Fuzz(func(t *testing.T, content []byte) {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		_, _, _ = read(t.Context(), path, nil)
	})
}

func TestRealExtracts(t *testing.T) {
	dir := recordtest.DataDir(t, "osm-samples")
	for name, want := range map[string]struct {
		counts osm.Counts
		street string
	}{
		"monaco-latest.osm.pbf": {osm.Counts{Features: 6462, BrokenRings: 44}, "Boulevard des Moulins"},
		"warszawa-mokotow.osm":  {osm.Counts{Features: 479}, "Rakowiecka"},
	} {
		got, f, err := read(t.Context(), filepath.Join(dir, name), nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(want.counts, f.Counts()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		streets := 0
		for _, feature := range got {
			if feature.Tags["highway"] != "" && feature.Tags["name"] == want.street {
				streets++
			}
		}
		if streets == 0 {
			t.Errorf("%s: no %s", name, want.street)
		}
	}
}
