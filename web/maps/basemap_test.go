package maps_test

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestBasemapByRange checks that range requests for a .pmtiles file are served,
// and that a remote basemap is not served.
func TestBasemapByRange(t *testing.T) {
	file := filepath.Join(t.TempDir(), "base.pmtiles")
	if err := os.WriteFile(file, []byte("PMTiles0123456789"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := webtest.Static(t, web.Config{Basemap: file})
	resp, body := s.Do(t, "GET", "/basemap.pmtiles", "", "Range", "bytes=7-9")
	if resp.StatusCode != http.StatusPartialContent || body != "012" || resp.Header.Get("ETag") == "" {
		t.Errorf("status %d: %q", resp.StatusCode, body)
	}
	remote := webtest.Static(t, web.Config{Basemap: "https://tiles.example.org/style.json"})
	if resp, _ := remote.Do(t, "GET", "/basemap.pmtiles", ""); resp.StatusCode != http.StatusNotFound {
		t.Errorf("without a file: status %d", resp.StatusCode)
	}
}
