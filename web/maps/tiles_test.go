package maps_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/paulmach/orb/encoding/mvt"

	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// FuzzTiles checks that the response to any path of tiles is a tile that
// decodes or a problem, and never an internal error.
func FuzzTiles(f *testing.F) {
	for _, seed := range []string{
		"trial/pins/12/2275/1389.mvt", "trial/hexes/3/4/2.mvt?res=9&kind=need&kind=cat", "trial/areas/0/0/0.mvt?area=west",
		"trial/pins.json?from=2024-01", "trial/pins/99/-1/1e9.mvt", "trial/hexes/20/1048575/0.mvt?to=2030&res=", "x/pins/1/1/1.mvt?%zz", "trial/pins/1/1/1.mvt?status=met&status=met;",
	} {
		f.Add(seed)
	}
	h := webtest.Static(f, web.Config{}).Config.Handler
	f.Fuzz(func(t *testing.T, path string) {
		u, err := url.Parse("http://localhost/tiles/" + strings.TrimLeft(path, "/"))
		if err != nil {
			t.Skip("not a URL")
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, &http.Request{Method: http.MethodGet, URL: u, Host: "localhost", Header: http.Header{}, Body: io.NopCloser(strings.NewReader(""))})
		switch {
		case w.Code >= 500:
			t.Errorf("%s: status %d: %s", u, w.Code, w.Body)
		case w.Code == http.StatusOK && w.Header().Get("Content-Type") == "application/vnd.mapbox-vector-tile":
			if _, err := mvt.Unmarshal(w.Body.Bytes()); err != nil {
				t.Errorf("%s: %v", u, err)
			}
		case w.Code >= 400 && strings.HasPrefix(u.Path, "/tiles/") && w.Header().Get("Content-Type") != "application/problem+json":
			t.Errorf("%s: status %d is not a problem but %q", u, w.Code, w.Header().Get("Content-Type"))
		}
	})
}

// discardWriter counts the bytes of a response.
type discardWriter struct {
	header http.Header
	bytes  int
}

func (w *discardWriter) Header() http.Header { return w.header }
func (w *discardWriter) Write(p []byte) (int, error) {
	w.bytes += len(p)
	return len(p), nil
}
func (w *discardWriter) WriteHeader(int) {}

// BenchmarkTile requests a tile of the handler: rendered each time, or cached.
func BenchmarkTile(b *testing.B) {
	for name, budget := range map[string]int{"rendered": -1, "cached": 1 << 20} {
		h := webtest.Static(b, web.Config{TileCache: budget}).Config.Handler
		const filter = "?kind=need&category=trees&area=west&from=2024-01&to=2024-12"
		for kind, path := range map[string]string{
			"pins": "pins/12/2274/1388.mvt", "pins-filter": "pins/12/2274/1388.mvt" + filter,
			"hexes": "hexes/12/2274/1388.mvt", "hexes-filter": "hexes/12/2274/1388.mvt" + filter,
		} {
			r := httptest.NewRequest(http.MethodGet, "/tiles/trial/"+path, nil)
			b.Run(name+"/"+kind, func(b *testing.B) {
				b.ReportAllocs()
				w := &discardWriter{header: http.Header{}}
				for b.Loop() {
					clear(w.header)
					h.ServeHTTP(w, r)
				}
				if w.bytes == 0 {
					b.Fatal("the tile is empty")
				}
			})
		}
	}
}
