package web_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web"
)

// quietWriter takes an answer and keeps nothing of it but its size.
type quietWriter struct {
	header http.Header
	bytes  int
}

func (w *quietWriter) Header() http.Header { return w.header }
func (w *quietWriter) Write(p []byte) (int, error) {
	w.bytes += len(p)
	return len(p), nil
}
func (w *quietWriter) WriteHeader(int) {}

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
		const filter = "?kind=need&category=trees&area=west&from=2024-01&to=2024-12"
		for kind, path := range map[string]string{
			"pins": "pins/12/2274/1388.mvt", "pins-filter": "pins/12/2274/1388.mvt" + filter,
			"hexes": "hexes/12/2274/1388.mvt", "hexes-filter": "hexes/12/2274/1388.mvt" + filter,
		} {
			r := httptest.NewRequest(http.MethodGet, "/tiles/trial/"+path, nil)
			b.Run(name+"/"+kind, func(b *testing.B) {
				b.ReportAllocs()
				w := &quietWriter{header: http.Header{}}
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
