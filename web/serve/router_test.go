package serve_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestLargeBodyIsRefused checks that a request with a large body is refused
// before all of the body is read. It sends the request to the handler, since how
// much a client sends to a server that no longer reads depends on buffers of the
// system, and on time whether it still receives the response.
func TestLargeBodyIsRefused(t *testing.T) {
	h := webtest.Static(t, web.Config{}).Config.Handler
	body := &spaces{}
	r := httptest.NewRequest(http.MethodPost, "/api/v1/districts/trial/pins", io.LimitReader(body, 64<<20))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
	if body.read > 1<<20 {
		t.Errorf("%d bytes were read", body.read)
	}
}

// spaces is an endless body of spaces that counts the bytes that are read.
type spaces struct{ read int }

func (s *spaces) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	s.read += len(b)
	return len(b), nil
}

// TestErrorFormats checks that an error, a panic and a method that is not
// allowed are reported in the format of their route, that a panic is logged
// once, and that a route without access is closed.
func TestErrorFormats(t *testing.T) {
	var log bytes.Buffer
	router := newRouter()
	router.Logger = slog.New(slog.NewTextHandler(&log, nil))
	fails := func(http.ResponseWriter, *http.Request) error { return civic.ErrForbidden }
	panics := func(http.ResponseWriter, *http.Request) error { panic("out of order") }
	closed := serve.Page("GET", "/closed", serve.Nobody, serve.Read, fails)
	h := router.Handler([]serve.Route{
		serve.API("GET", "/api", serve.Public, serve.Read, fails), serve.Page("GET", "/page", serve.Public, serve.Read, fails),
		serve.API("GET", "/api/panic", serve.Public, serve.Stream, panics), serve.Page("GET", "/page/panic", serve.Public, serve.Read, panics),
		serve.Page("POST", "/page", serve.Public, serve.Write, func(w http.ResponseWriter, _ *http.Request) error { return nil }), closed,
		serve.API("POST", "/api", serve.Public, serve.Write, fails),
	})
	for _, test := range []struct {
		method, path, accept string
		status               int
		page                 bool
	}{
		{"GET", "/api", "text/html", 403, false}, {"GET", "/page", "", 403, true}, {"HEAD", "/page", "", 403, true},
		{"GET", "/api/panic", "", 500, false}, {"GET", "/page/panic", "", 500, true},
		{"DELETE", "/api", "text/html", 405, false}, {"DELETE", "/page", "", 405, true}, {"OPTIONS", "/page", "", 204, false},
		{"GET", "/nowhere", "", 404, false}, {"GET", "/nowhere", "text/html,*/*", 404, true},
		{"GET", "/closed", "", 403, true}, {"PROPFIND", "/api", "", 405, false}, {"PROPFIND", "/page", "text/html", 405, true},
		{"POST", "/page", "", 200, false}, {"POST", "/page", "", 429, true}, {"POST", "/api", "text/html", 429, false},
	} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(test.method, test.path, nil)
		r.Header.Set("Accept", test.accept)
		h.ServeHTTP(w, r)
		problem := w.Header().Get("Content-Type") == "application/problem+json"
		if w.Code != test.status || test.status >= 400 && problem == test.page || strings.HasPrefix(w.Body.String(), "page:") != test.page {
			t.Errorf("%s %s: status %d, %s: %s", test.method, test.path, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
		if shared := w.Header().Get("Access-Control-Allow-Origin") == "*"; shared != problem {
			t.Errorf("%s %s: other origins may read it: %v", test.method, test.path, shared)
		}
		if test.status == 429 && w.Header().Get("Retry-After") == "" && !test.page {
			t.Errorf("%s %s: without Retry-After", test.method, test.path)
		}
	}
	if got := strings.Count(log.String(), "out of order"); got != 2 {
		t.Errorf("two panics have %d log lines:\n%s", got, log.String())
	}
}

// TestClientsShareNoWrites checks that a client behind a proxy cannot write as
// another by a forged first hop of X-Forwarded-For, that other clients are not
// limited with it, and that the addresses of an IPv6 prefix are one client.
func TestClientsShareNoWrites(t *testing.T) {
	router := newRouter()
	router.BehindProxy, router.IPv6Prefix = true, 64
	h := router.Handler([]serve.Route{
		serve.API("POST", "/", serve.Public, serve.Write, func(http.ResponseWriter, *http.Request) error { return nil }),
	})
	for _, test := range []struct {
		forwarded string
		status    int
	}{
		{"203.0.113.1, 192.0.2.1", 200}, {"203.0.113.2, 192.0.2.1", 429}, {"192.0.2.1", 429}, {"192.0.2.1, 192.0.2.2", 200},
		{"2001:db8:0:2::1", 200}, {"2001:db8:0:2:ffff::", 429}, {"2001:db8:0:3::1", 200},
	} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodPost, "/", nil)
		r.Header.Set("X-Forwarded-For", test.forwarded)
		if h.ServeHTTP(w, r); w.Code != test.status {
			t.Errorf("%s: status %d, want %d", test.forwarded, w.Code, test.status)
		}
	}
}

// TestOtherSite checks that a request which a page of another site makes in a
// browser is refused in the format of its route.
func TestOtherSite(t *testing.T) {
	accepts := func(http.ResponseWriter, *http.Request) error { return nil }
	h := newRouter().Handler([]serve.Route{
		serve.API("POST", "/api", serve.Public, serve.Stream, accepts), serve.Page("POST", "/page", serve.Public, serve.Stream, accepts),
	})
	for path, page := range map[string]bool{"/api": false, "/page": true} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodPost, path, nil)
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		h.ServeHTTP(w, r)
		if w.Code != 403 || strings.HasPrefix(w.Body.String(), "page:") != page || (w.Header().Get("Access-Control-Allow-Origin") == "") != page {
			t.Errorf("%s: status %d, %v: %s", path, w.Code, w.Header(), w.Body)
		}
	}
}

// TestPanicOfBegunResponse checks that a response which a panic interrupts is cut
// rather than ended as if it were whole, and that the panic is logged although
// the client has left.
func TestPanicOfBegunResponse(t *testing.T) {
	var log bytes.Buffer
	router := newRouter()
	router.Logger = slog.New(slog.NewTextHandler(&log, nil))
	h := router.Handler([]serve.Route{serve.API("GET", "/", serve.Public, serve.Stream, func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Type", "text/plain")
		_, _ = io.WriteString(w, "half")
		panic("out of order")
	})})
	ctx, leave := context.WithCancel(t.Context())
	leave()
	w := httptest.NewRecorder()
	defer func() {
		if v, _ := recover().(error); !errors.Is(v, http.ErrAbortHandler) || w.Body.String() != "half" || strings.Count(log.String(), "out of order") != 1 {
			t.Errorf("got %v after %q; log: %s", v, w.Body, log.String())
		}
	}()
	h.ServeHTTP(w, httptest.NewRequestWithContext(ctx, "GET", "/", nil))
}
