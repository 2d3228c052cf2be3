package page_test

import (
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// TestFaults checks that the faults of a form are listed above it with links to its
// fields, and that there is nothing above one without.
func TestFaults(t *testing.T) {
	texts, err := i18n.Load(page.Files)
	if err != nil {
		t.Fatal(err)
	}
	form := fstest.MapFS{"templates/form.html": {Data: []byte(`{{define "main"}}<form>{{template "faults" (.View.Above "error.heading" "field-")}}</form>{{end}}`)}}
	pages, err := page.New(page.Config{
		Service: &serve.Service{Live: tiles.New(tiles.Config{}), Sender: serve.NewSender(1 << 20)}, Catalogue: texts, Parts: []fs.FS{page.Files, form}, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	shown := func(faults page.Faults) string {
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil)
		if err := pages.Render(w, r, http.StatusOK, "form", pages.Page(r, nil, faults)); err != nil {
			t.Fatal(err)
		}
		return w.Body.String()
	}
	faults := page.Faults{{Field: "title", Text: "A title <is> missing."}, {Field: "place", Text: "There is no place."}}
	for _, want := range []string{
		`role="alert" tabindex="-1" data-faults`, `<li><a href="#field-title">A title &lt;is&gt; missing.</a></li><li><a href="#field-place">There is no place.</a></li>`,
	} {
		if body := shown(faults); !strings.Contains(body, want) {
			t.Errorf("there is no %q:\n%s", want, body)
		}
	}
	if body := shown(nil); !strings.Contains(body, "<form></form>") {
		t.Errorf("without a fault:\n%s", body)
	}
	if faults.Of("place") != "There is no place." || faults.Of("body") != "" {
		t.Error("a fault is not that of its field")
	}
}
