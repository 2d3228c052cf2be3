package assets_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pinezka/pinezka/web/assets"
	"github.com/pinezka/pinezka/web/serve"
)

// TestCompressedFiles checks that the variants of the build are sent in place of
// a file, and are no files of their own.
func TestCompressedFiles(t *testing.T) {
	files := fstest.MapFS{
		"app.js":    {Data: []byte(strings.Repeat("script ", 1000))},
		"app.js.br": {Data: []byte("brotli")},
		"app.js.gz": {Data: []byte("gzip")},
	}
	routes, err := assets.Routes(&serve.Service{Sender: serve.NewSender(1 << 20)}, files)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ file, accept, body string }{
		{"app.js", "br", "brotli"},
		{"app.js", "gzip", "gzip"},
		{"app.js", "", strings.Repeat("script ", 1000)},
		{"app.js.br", "br", "not found"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/assets/"+tc.file, nil)
		r.SetPathValue("file", tc.file)
		r.Header.Set("Accept-Encoding", tc.accept)
		w := httptest.NewRecorder()
		err := routes[0].Handle(w, r)
		got := w.Body.String()
		if err != nil {
			got = err.Error()
		}
		if !strings.HasSuffix(got, tc.body) {
			t.Errorf("%s by %q: %.40s", tc.file, tc.accept, got)
		}
	}
}
