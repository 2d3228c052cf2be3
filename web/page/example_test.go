package page_test

import (
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing/fstest"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// A subject has its own templates and texts. Its pages are in the language that
// the browser prefers among those of the district.
func Example() {
	greetings := fstest.MapFS{
		"templates/greeting.html": {Data: []byte(`{{define "main"}}<h1>{{t "greeting" "name" .View}}</h1>{{end}}`)},
		"locales/en.json":         {Data: []byte(`{"greeting": "Hello, {name}!"}`)},
		"locales/pl.json":         {Data: []byte(`{"greeting": "Dzień dobry, {name}!"}`)},
	}
	parts := []fs.FS{page.Files, greetings}
	catalogue, err := i18n.Load(parts...)
	if err != nil {
		fmt.Println(err)
		return
	}
	pages, err := page.New(page.Config{
		Service:   &serve.Service{Sender: serve.NewSender(1 << 20), Live: tiles.New(tiles.Config{})},
		Catalogue: catalogue, Parts: parts, Logger: slog.Default(),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	d := &civic.District{Slug: "podgorze", Name: civic.Text{"pl": "Podgórze"}, Languages: []string{"pl", "en"}}
	for _, accept := range []string{"en", "de"} {
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/d/podgorze", nil)
		r.Header.Set("Accept-Language", accept)
		if err := pages.Render(w, r, http.StatusOK, "greeting", pages.Page(r, d, "<Ada>")); err != nil {
			fmt.Println(err)
		}
		fmt.Println(regexp.MustCompile("<h1>.*</h1>").FindString(w.Body.String()))
	}
	// Output:
	// <h1>Hello, &lt;Ada&gt;!</h1>
	// <h1>Dzień dobry, &lt;Ada&gt;!</h1>
}
