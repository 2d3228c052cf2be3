package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
	"github.com/pinezka/pinezka/tiles/basemap"
	"github.com/pinezka/pinezka/tiles/basemap/basemaptest"
)

// TestServeFindsBasemap serves the basemap in the data directory, and one at a
// URL; /readyz says whether it is the one that was made last.
func TestServeFindsBasemap(t *testing.T) {
	t.Parallel()
	dir, database := dataDir(t), storetest.URL(t)
	file := basemaptest.Write(t, dir, "Długa", basemaptest.Metadata())
	archive, err := basemap.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	made, err := store.Open(t.Context(), store.Config{URL: database})
	if err != nil {
		t.Fatal(err)
	}
	defer made.Close()
	host := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer host.Close()
	for _, args := range [][]string{{"--data-dir", dir}, {"--data-dir", "/proc/none", "--basemap", host.URL + "/basemap.pmtiles"}} {
		s := startServe(t, append([]string{"--database-url", database, "--listen", "127.0.0.1:0"}, args...)...)
		var tileJSON struct{ Tiles []string }
		if status := s.call("GET", "/basemap.json", nil, &tileJSON); status != http.StatusOK || !strings.Contains(tileJSON.Tiles[0], archive.Hash) {
			t.Errorf("%q: status %d, %q", args, status, tileJSON.Tiles)
		}
		if status := s.call("GET", "/basemap/"+archive.Hash+"/0/0/0", nil, nil); status != http.StatusOK {
			t.Errorf("%q: status %d of a tile", args, status)
		}
		for hash, differs := range map[string]bool{archive.Hash: false, "another": true} {
			if err := made.SetBasemap(t.Context(), civic.Basemap{Hash: hash, Source: "test", MadeAt: time.Now()}); err != nil {
				t.Fatal(err)
			}
			var ready struct {
				Ready   bool
				Basemap string
				Differs *bool `json:"basemap_differs"`
			}
			if s.call("GET", "/readyz", nil, &ready); !ready.Ready || ready.Basemap != archive.Hash || ready.Differs == nil || *ready.Differs != differs {
				out, _ := json.Marshal(ready)
				t.Errorf("%q: with the basemap %s made last: %s", args, hash, out)
			}
		}
	}
}

// TestServeRefusesBasemap checks that a file that is no basemap, is of another
// version, or is cut off ends the start with the reason.
func TestServeRefusesBasemap(t *testing.T) {
	t.Parallel()
	other := basemaptest.Metadata()
	other["version"] = "3.1"
	cut := basemaptest.Write(t, t.TempDir(), "Długa", basemaptest.Metadata())
	if err := os.Truncate(cut, 1000); err != nil {
		t.Fatal(err)
	}
	text := filepath.Join(t.TempDir(), "text.pmtiles")
	if err := os.WriteFile(text, []byte(strings.Repeat("street ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		text: "it is not a PMTiles archive",
		cut:  "the archive is cut off: its header says ",
		basemaptest.Write(t, t.TempDir(), "Długa", other): "it is not a basemap of the Protomaps schema, version 4: it has version 3.1",
	} {
		d := finish(t, command(t, "serve", "--data-dir", "/proc/none", "--listen", "127.0.0.1:0", "--basemap", file))
		if d.code != 1 || !strings.HasPrefix(d.err, "pinezka: --basemap: basemap "+file+": "+want) || strings.Count(d.err, "\n") != 1 {
			t.Errorf("exit code %d: %s", d.code, d.err)
		}
	}
	dir := dataDir(t)
	basemaptest.Write(t, dir, "Długa", other)
	d := finish(t, command(t, "serve", "--data-dir", dir, "--listen", "127.0.0.1:0"))
	if d.code != 1 || !strings.Contains(d.err, `make another one with "pinezka basemap", or remove the file`) {
		t.Errorf("exit code %d: %s", d.code, d.err)
	}
}
