package web_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/paulmach/orb/encoding/mvt"

	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web"
)

// FuzzTileRoutes: whatever is asked of the tile routes, the answer is a tile
// that decodes, a redirect-free refusal that is a problem, or nothing found;
// never a fault of ours.
func FuzzTileRoutes(f *testing.F) {
	for _, seed := range []string{
		"trial/pins/12/2275/1389.mvt", "trial/hexes/3/4/2.mvt?res=9&kind=need&kind=cat", "trial/areas/0/0/0.mvt?area=west",
		"trial/pins.json?from=2024-01", "trial/pins/99/-1/1e9.mvt", "trial/hexes/20/1048575/0.mvt?to=2030&res=", "x/pins/1/1/1.mvt?%zz", "trial/pins/1/1/1.mvt?status=met&status=met;",
	} {
		f.Add(seed)
	}
	live := tiles.New(tiles.Config{Source: single{}})
	ctx := f.Context()
	go live.Run(ctx)
	for !live.State().Ready {
		continue
	}
	server, err := web.New(web.Config{Live: live, Record: nothing{}, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		f.Fatal(err)
	}
	h := server.Handler()
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
