package web_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web"
)

// quietWriter takes an answer and keeps nothing.
type quietWriter struct{ header http.Header }

func (w quietWriter) Header() http.Header         { return w.header }
func (w quietWriter) Write(p []byte) (int, error) { return len(p), nil }
func (w quietWriter) WriteHeader(int)             {}

// BenchmarkTile asks the handler for a tile: drawn each time, or hot.
func BenchmarkTile(b *testing.B) {
	live := tiles.New(tiles.Config{Source: single{}})
	go live.Run(b.Context())
	for !live.State().Ready {
		continue
	}
	for name, budget := range map[string]int{"drawn": -1, "hot": 1 << 20} {
		server, err := web.New(web.Config{Live: live, Record: nothing{}, Logger: slog.New(slog.DiscardHandler), TileCache: budget})
		if err != nil {
			b.Fatal(err)
		}
		h := server.Handler()
		for _, path := range []string{"/tiles/trial/pins/12/2275/1389.mvt", "/tiles/trial/hexes/12/2275/1389.mvt?kind=need&from=2024-01"} {
			r := httptest.NewRequest(http.MethodGet, path, nil)
			b.Run(name+path[12:17], func(b *testing.B) {
				b.ReportAllocs()
				w := quietWriter{http.Header{}}
				for b.Loop() {
					clear(w.header)
					h.ServeHTTP(w, r)
				}
			})
		}
	}
}
