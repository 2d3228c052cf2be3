package serve_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/web/serve"
)

func TestForm(t *testing.T) {
	for body, want := range map[string]struct {
		status  int
		version int32
	}{
		"version=3":               {0, 3},
		"version=0":               {http.StatusBadRequest, 0},
		"version=x":               {http.StatusBadRequest, 0},
		"version=9999999999":      {http.StatusBadRequest, 0},
		"name=x":                  {http.StatusBadRequest, 0},
		"version=3&name=%zz":      {http.StatusBadRequest, 0},
		strings.Repeat("x", 1000): {http.StatusRequestEntityTooLarge, 0},
	} {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Body = http.MaxBytesReader(httptest.NewRecorder(), r.Body, 100)
		var version int32
		err := serve.ReadForm(r)
		if err == nil {
			version, err = serve.FormVersion(r)
		}
		status := 0
		if err != nil {
			status = serve.ProblemOf(err).Status
		}
		if status != want.status || version != want.version {
			t.Errorf("%.20s: version %d, status %d (%v), want %+v", body, version, status, err, want)
		}
	}
}
