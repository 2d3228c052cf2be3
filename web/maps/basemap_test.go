package maps_test

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/tiles/basemap"
	"github.com/pinezka/pinezka/tiles/basemap/basemaptest"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// openBasemap returns a site with a basemap, and the path of a tile of it.
func openBasemap(t *testing.T) (s *webtest.Site, b *basemap.Basemap, dir, tile string) {
	t.Helper()
	dir = t.TempDir()
	b, err := basemap.OpenBasemap(t.Context(), basemaptest.Write(t, dir, "Długa", basemaptest.Metadata()))
	if err != nil {
		t.Fatal(err)
	}
	at := maptile.At(basemaptest.Bound().Center(), 12)
	return webtest.Static(t, web.Config{Basemap: b}), b, dir, fmt.Sprintf("/basemap/%s/%d/%d/%d", b.Archive().Hash, at.Z, at.X, at.Y)
}

// TestBasemapTiles checks that tiles are sent as they are stored to clients that
// accept gzip, decompressed to others, and for good, to pages of any origin; and
// that a missing tile is no error.
func TestBasemapTiles(t *testing.T) {
	s, b, _, tile := openBasemap(t)
	const forever = "public, max-age=31536000, immutable"
	zipped, body := s.Do(t, "GET", tile, "", "Accept-Encoding", "gzip", "Origin", "https://example.org")
	if zipped.StatusCode != http.StatusOK || zipped.Header.Get("Content-Encoding") != "gzip" || zipped.Header.Get("Cache-Control") != forever ||
		zipped.Header.Get("Content-Type") != "application/vnd.mapbox-vector-tile" || zipped.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("status %d, %v", zipped.StatusCode, zipped.Header)
	}
	z, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	unzipped, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	plain, text := s.Do(t, "GET", tile, "", "Accept-Encoding", "br")
	if plain.Header.Get("Content-Encoding") != "" || text != string(unzipped) || !strings.Contains(text, "Długa") || !strings.Contains(plain.Header.Get("Vary"), "Accept-Encoding") {
		t.Errorf("%v: %q", plain.Header, text)
	}
	missing, text := s.Do(t, "GET", "/basemap/"+b.Archive().Hash+"/12/0/0", "")
	if missing.StatusCode != http.StatusNoContent || text != "" || missing.Header.Get("Cache-Control") != forever {
		t.Errorf("a missing tile: status %d, %v", missing.StatusCode, missing.Header)
	}
	if bad, text := s.Do(t, "GET", "/basemap/"+b.Archive().Hash+"/12/4096/0", ""); bad.StatusCode != http.StatusBadRequest {
		t.Errorf("a tile outside the world: status %d: %s", bad.StatusCode, text)
	}
}

// TestBasemapReplaced checks that the tiles of an earlier version are not found,
// and are not kept as such, and that new pages have the address of the new one.
func TestBasemapReplaced(t *testing.T) {
	s, b, dir, tile := openBasemap(t)
	basemaptest.Write(t, dir, "Wielka", basemaptest.Metadata())
	if _, err := b.Reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	if old, _ := s.Do(t, "GET", tile, ""); old.StatusCode != http.StatusNotFound || old.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("an earlier version: status %d, %v", old.StatusCode, old.Header)
	}
	_, text := s.Do(t, "GET", "/basemap.json", "")
	if !strings.Contains(text, "/basemap/"+b.Archive().Hash+"/{z}/{x}/{y}") {
		t.Errorf("the TileJSON is of another version: %s", text)
	}
}

// TestBasemapJSON checks the TileJSON against the contract, and that there is
// none without a basemap.
func TestBasemapJSON(t *testing.T) {
	s, b, _, _ := openBasemap(t)
	resp, text := s.Do(t, "GET", "/basemap.json", "")
	s.CheckContract(t, s.Contract(t), "/basemap.json", resp, text)
	var got struct {
		Tiles        []string
		Attribution  string
		MaxZoom      int
		Bounds       [4]float64
		VectorLayers []struct{ ID string } `json:"vector_layers"`
	}
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	want := s.URL + "/basemap/" + b.Archive().Hash + "/{z}/{x}/{y}"
	if got.Tiles[0] != want || got.Attribution != "© Test" || got.MaxZoom != basemaptest.MaxZoom || got.Bounds != [4]float64{19.9, 50, 20, 50.06} || len(got.VectorLayers) != 2 {
		t.Errorf("%s", text)
	}
	for _, path := range []string{"/basemap.json", "/basemap/0/0/0/0"} {
		none := webtest.Static(t, web.Config{StyleURL: "https://tiles.example.org/style.json"})
		if resp, _ := none.Do(t, "GET", path, ""); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s without a basemap: status %d", path, resp.StatusCode)
		}
	}
}
