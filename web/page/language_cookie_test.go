package page_test

import (
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// TestLanguageCookieIsSecure checks that browsers send the cookie by HTTPS only
// where that is how the public reaches the service.
func TestLanguageCookieIsSecure(t *testing.T) {
	catalogue, err := web.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	for url, secure := range map[string]bool{"": false, "https://mapa.example.org": true} {
		pages, err := page.New(page.Config{
			Service:   &serve.Service{Sender: serve.NewSender(1 << 20), Live: tiles.New(tiles.Config{}), PublicURL: url},
			Catalogue: catalogue, Parts: []fs.FS{page.Files}, Logger: slog.Default(),
		})
		if err != nil {
			t.Fatal(err)
		}
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/d/wilno?lang=pl", nil)
		d := &civic.District{Slug: "wilno", Languages: []string{"pl"}}
		if err := pages.Render(w, r, http.StatusNotFound, "error_page", pages.Page(r, d, struct{ Status, Key, Parameter string }{"404", "not_found", ""})); err != nil {
			t.Fatal(err)
		}
		if got := w.Header().Get("Set-Cookie"); !strings.HasPrefix(got, "lang=pl; ") || strings.Contains(got, "; Secure") != secure {
			t.Errorf("at %q: %q", url, got)
		}
	}
}
