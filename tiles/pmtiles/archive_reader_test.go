package pmtiles_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/tiles/pmtiles"
)

// content returns the content of a tile in the archives of these tests.
func content(id uint64) string { return fmt.Sprint("tile ", id%1000) }

// archive returns an archive of the tiles.
func archive(t testing.TB, ids []uint64) []byte {
	t.Helper()
	r, _ := write(t, ids, content)
	return r.file
}

// sparse returns n ids with gaps; from some thousand on, their archive has leaf
// directories.
func sparse(n int) (ids []uint64) {
	r := rand.New(rand.NewPCG(1, 2))
	for id := uint64(5); len(ids) < n; id += 1 + r.Uint64N(1<<r.UintN(20)) {
		ids = append(ids, id)
	}
	return ids
}

func newReader(t testing.TB, file []byte) (*pmtiles.Reader, error) {
	t.Helper()
	return pmtiles.NewReader(t.Context(), pmtiles.ReaderAt(bytes.NewReader(file), int64(len(file))), 1<<20)
}

// TestReader reads every tile of archives with and without leaf directories, and
// tiles that they do not have.
func TestReader(t *testing.T) {
	for _, n := range []int{1, 300, 20_000} {
		ids := sparse(n)
		_, s := write(t, ids, content)
		r, err := newReader(t, archive(t, ids))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(s, r.Summary()); diff != "" {
			t.Errorf("summary (-written +read):\n%s", diff)
		}
		if diff := cmp.Diff(krakow, r.Extent()); diff != "" || !r.IsMVT() || !r.Gzip() {
			t.Errorf("extent (-written +read):\n%s", diff)
		}
		if m, err := r.Metadata(t.Context()); err != nil || !strings.Contains(string(m), `"name":"test"`) {
			t.Errorf("metadata %s, %v", m, err)
		}
		has := map[uint64]bool{}
		for _, id := range ids {
			has[id] = true
		}
		for _, id := range ids[:min(n, 300)] {
			for _, id := range []uint64{id, id + 1} {
				tile, err := r.Tile(t.Context(), idTile(id))
				if err != nil {
					t.Fatal(err)
				}
				text, err := pmtiles.Decompress(tile, 100)
				if has[id] && (err != nil || string(text) != content(id)) || !has[id] && tile != nil {
					t.Fatalf("tile %d is %q, %v", id, text, err)
				}
			}
		}
	}
}

// TestReaderRefuses checks that files that are no archives, are of another
// version, or are cut off, are refused with the reason.
func TestReaderRefuses(t *testing.T) {
	good := archive(t, []uint64{0, 1, 5})
	with := func(change func(b []byte)) []byte {
		b := bytes.Clone(good)
		change(b)
		return b
	}
	bomb := compressed(t, strings.Repeat("\x00", 3<<20))
	for name, c := range map[string]struct {
		file []byte
		want error
		text string
	}{
		"empty":             {nil, pmtiles.ErrNotArchive, ""},
		"text":              {[]byte(strings.Repeat("streets ", 100)), pmtiles.ErrNotArchive, ""},
		"version 2":         {with(func(b []byte) { b[7] = 2 }), pmtiles.ErrNotArchive, "it has version 2"},
		"cut off":           {good[:len(good)-1], pmtiles.ErrCutOff, fmt.Sprintf("its header says %d bytes, the file has %d", len(good), len(good)-1)},
		"section overflows": {with(func(b []byte) { binary.LittleEndian.PutUint64(b[16:], math.MaxUint64) }), pmtiles.ErrNotArchive, ""},
		"root elsewhere":    {with(func(b []byte) { binary.LittleEndian.PutUint64(b[8:], 3) }), pmtiles.ErrNotArchive, "root directory"},
		"root damaged":      {with(func(b []byte) { b[130] ^= 0xff }), pmtiles.ErrNotArchive, ""},
		"brotli":            {with(func(b []byte) { b[98] = 3 }), pmtiles.ErrNotArchive, "not compressed with gzip"},
		"zooms":             {with(func(b []byte) { b[100], b[101] = 9, 3 }), pmtiles.ErrNotArchive, "zooms 9 to 3"},
		"root is a gzip bomb": {with(func(b []byte) {
			binary.LittleEndian.PutUint64(b[16:], uint64(len(bomb)))
			copy(b[127:], bomb)
		}), pmtiles.ErrNotArchive, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if strings.Contains(name, "bomb") {
				c.file = append(c.file[:127], bomb...)
				for _, section := range []int{24, 40, 56} {
					copy(c.file[section:section+16], make([]byte, 16))
				}
			}
			_, err := newReader(t, c.file)
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.text) {
				t.Errorf("%v", err)
			}
		})
	}
}

// FuzzReader reads damaged archives: no input may panic, or return a tile that
// is not within the file.
func FuzzReader(f *testing.F) {
	for _, ids := range [][]uint64{{0}, {0, 1, 5, 21}, sparse(9000)} {
		f.Add(archive(f, ids), uint64(5))
	}
	f.Fuzz(func(t *testing.T, file []byte, id uint64) {
		r, err := newReader(t, file)
		if err != nil {
			return
		}
		_, _ = r.Metadata(t.Context())
		for _, id := range []uint64{0, 5, id % 1e9} {
			tile, err := r.Tile(t.Context(), idTile(id))
			if err == nil && len(tile) > len(file) {
				t.Errorf("a tile of %d bytes in a file of %d", len(tile), len(file))
			}
		}
	})
}

// host serves a file by ranges, as a version with an entity tag.
type host struct {
	file     atomic.Pointer[[]byte]
	etag     atomic.Pointer[string]
	failures atomic.Int32 // how many of the next requests fail
	requests atomic.Int32
}

func (h *host) set(file []byte, etag string) { h.file.Store(&file); h.etag.Store(&etag) }

// ServeHTTP implements http.Handler.
func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.requests.Add(1)
	if h.failures.Add(-1) >= 0 {
		http.Error(w, "busy", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Etag", *h.etag.Load())
	http.ServeContent(w, r, "a.pmtiles", time.Time{}, bytes.NewReader(*h.file.Load()))
}

func openHost(t *testing.T, h http.Handler) (*pmtiles.URL, error) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return pmtiles.OpenURL(t.Context(), nil, s.URL+"/a.pmtiles?token=secret")
}

// TestURL reads an archive by range requests, some of which fail at first.
func TestURL(t *testing.T) {
	ids := sparse(20_000)
	h := new(host)
	h.set(archive(t, ids), `"1"`)
	h.failures.Store(2)
	u, err := openHost(t, h)
	if err != nil {
		t.Fatal(err)
	}
	r, err := pmtiles.NewReader(t.Context(), u, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	h.failures.Store(1)
	for range 2 {
		for _, id := range ids[10_000:10_010] {
			tile, err := r.Tile(t.Context(), idTile(id))
			if err != nil {
				t.Fatal(err)
			}
			if text, err := pmtiles.Decompress(tile, 100); err != nil || string(text) != content(id) {
				t.Errorf("tile %d is %q, %v", id, text, err)
			}
		}
	}
	if n := h.requests.Load(); n != 3+1+1+10 {
		t.Errorf("%d requests: directories and tiles are not kept", n)
	}
}

// TestReplaced checks that an archive is read in one version only: by URL where
// the entity tag differs, as a file where it has been written.
func TestReplaced(t *testing.T) {
	ids := sparse(9000)
	for name, change := range map[string]func(h *host){
		"another tag":  func(h *host) { h.set(*h.file.Load(), `"2"`) },
		"weak tag":     func(h *host) { h.set(*h.file.Load(), `W/"2"`) },
		"another size": func(h *host) { h.set((*h.file.Load())[:20_000], `"1"`) },
	} {
		h := new(host)
		h.set(archive(t, ids), `"1"`)
		u, err := openHost(t, h)
		if err != nil {
			t.Fatal(err)
		}
		r, err := pmtiles.NewReader(t.Context(), u, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		if err := u.Check(t.Context()); err != nil {
			t.Errorf("%s, before: %v", name, err)
		}
		change(h)
		if _, err := r.Tile(t.Context(), idTile(ids[0])); !errors.Is(err, pmtiles.ErrReplaced) {
			t.Errorf("%s: %v", name, err)
		}
		if err := u.Check(t.Context()); !errors.Is(err, pmtiles.ErrReplaced) {
			t.Errorf("%s: %v", name, err)
		}
	}

	name := filepath.Join(t.TempDir(), "a.pmtiles")
	if err := os.WriteFile(name, archive(t, ids), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := pmtiles.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := pmtiles.NewReader(t.Context(), f, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, archive(t, ids[:5000]), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Tile(t.Context(), idTile(ids[0])); !errors.Is(err, pmtiles.ErrReplaced) {
		t.Errorf("a file that was written: %v", err)
	}
}

// TestURLRefuses checks servers from which no ranges can be read. What may be
// secret in the URL is in no error.
func TestURLRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		handle http.HandlerFunc
		want   string
	}{
		"no ranges": {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "whole file") }, "does not support range requests"},
		"not found": {http.NotFound, "404 Not Found"},
		"down":      {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "", http.StatusBadGateway) }, "502 Bad Gateway"},
		"compressed": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			w.Header().Set("Content-Range", "bytes 0-9/10")
			w.WriteHeader(http.StatusPartialContent)
		}, "compresses ranges with br"},
		"another range": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Range", "bytes 7-9/10")
			w.WriteHeader(http.StatusPartialContent)
		}, `sends the range "bytes 7-9/10" instead of one from 0 on`},
		"disconnects": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "EOF"},
	} {
		_, err := openHost(t, c.handle)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
