package serve_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// newRouter returns a router that checks no contract and has no error pages.
func newRouter() *serve.Router {
	return &serve.Router{
		Logger: slog.New(slog.DiscardHandler), Writes: serve.NewWriteLimiter(1, 1),
		Check: func(string, string) func(*http.Request) error { return func(*http.Request) error { return nil } },
		ErrorPage: func(w http.ResponseWriter, _ *http.Request, p *serve.Problem) {
			http.Error(w, "page: "+p.Title, p.Status)
		},
	}
}

// A handler returns its errors. The table of routes states how they are
// reported.
func Example() {
	sender := serve.NewSender(1 << 20)
	h := newRouter().Handler([]serve.Route{
		serve.API("GET", "/greet/{name}", serve.Public, serve.Read, func(w http.ResponseWriter, r *http.Request) error {
			if r.PathValue("name") == "nobody" {
				return fmt.Errorf("greet: %w", civic.ErrNotFound)
			}
			return sender.SendJSON(w, r, serve.TypeJSON, serve.NoCache, "Hello, "+r.PathValue("name"))
		}),
	})
	for _, path := range []string{"/greet/Ada", "/greet/nobody"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		fmt.Println(w.Code, w.Header().Get("Content-Type"))
		fmt.Print(w.Body)
	}
	// Output:
	// 200 application/json
	// "Hello, Ada"
	// 404 application/problem+json
	// {"type":"about:blank","title":"Not found","status":404,"detail":"there is nothing at this address"}
}
