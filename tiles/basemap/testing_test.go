package basemap_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/basemap"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
	"github.com/pinezka/pinezka/tiles/pmtiles"
)

// archive is an archive without leaf directories, read from the specification
// alone.
type archive struct {
	metadata map[string]any
	summary  basemap.Summary
	bodies   map[uint64][]byte
}

// build makes a basemap of features.
func build(t testing.TB, cfg basemap.Config, features iter.Seq2[geo.Feature, error]) *archive {
	t.Helper()
	b, err := basemap.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	for f, err := range features {
		if err != nil {
			t.Fatal(err)
		}
		b.Add(f)
	}
	var file bytes.Buffer
	a := &archive{bodies: map[uint64][]byte{}}
	last, of := 0, 0
	if a.summary, err = b.Write(t.Context(), &file, tilestest.TempFile(t), func(done, total int) { last, of = done, total }); err != nil {
		t.Fatal(err)
	}
	if last != of || of == 0 {
		t.Errorf("progress ends at %d of %d", last, of)
	}
	content := file.Bytes()
	word := func(i int) uint64 { return binary.LittleEndian.Uint64(content[8+8*i:]) }
	section := func(offset, length uint64) []byte {
		zip, err := gzip.NewReader(bytes.NewReader(content[offset : offset+length]))
		if err != nil {
			t.Fatal(err)
		}
		out, err := io.ReadAll(zip)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	if err := json.Unmarshal(section(word(2), word(3)), &a.metadata); err != nil {
		t.Fatal(err)
	}
	in := bytes.NewReader(section(word(0), word(1)))
	next := func() uint64 {
		n, err := binary.ReadUvarint(in)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	n := int(next())
	var columns [4][]uint64
	for c := range columns {
		for range n {
			columns[c] = append(columns[c], next())
		}
	}
	id, end := uint64(0), uint64(0)
	for i := range n {
		id += columns[0][i]
		run, length, offset := columns[1][i], columns[2][i], columns[3][i]-1
		if run == 0 {
			t.Fatal("a leaf directory")
		}
		if columns[3][i] == 0 {
			offset = end
		}
		end = offset + length
		for r := range run {
			a.bodies[id+r] = section(word(6)+offset, length)
		}
	}
	return a
}

// tile returns a tile, without features if the archive does not have it.
func (a *archive) tile(t testing.TB, tile maptile.Tile) mvt.Layers {
	t.Helper()
	return tilestest.Decode(t, a.bodies[pmtiles.TileID(tile)])
}

// layer returns the features of a layer of a tile.
func (a *archive) layer(t testing.TB, tile maptile.Tile, name string) []string {
	t.Helper()
	var out []string
	for _, l := range a.tile(t, tile) {
		if l.Name != name {
			continue
		}
		for _, f := range l.Features {
			out = append(out, describe(f.Properties))
		}
	}
	return out
}

// describe returns properties in the order of their keys, the kind first.
func describe(properties map[string]any) string {
	var keys []string
	for key := range properties {
		if key != "kind" {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	out := []string{fmt.Sprint(properties["kind"])}
	for _, key := range keys {
		out = append(out, fmt.Sprintf("%s=%v", key, properties[key]))
	}
	return strings.Join(out, " ")
}

func all(features ...geo.Feature) iter.Seq2[geo.Feature, error] {
	return func(yield func(geo.Feature, error) bool) {
		for _, f := range features {
			if !yield(f, nil) {
				return
			}
		}
	}
}

// tags returns the tags of "key=value key=value".
func tags(s string) map[string]string {
	out := map[string]string{}
	for pair := range strings.SplitSeq(s, ", ") {
		key, value, _ := strings.Cut(pair, "=")
		out[key] = value
	}
	return out
}

// town is a box of about 1 km in which tests place things, within one tile of
// zoom 13.
var town = orb.Bound{Min: orb.Point{19.945, 50.035}, Max: orb.Point{19.96, 50.045}}

func in(tile orb.Point, z maptile.Zoom) maptile.Tile { return maptile.At(tile, z) }
