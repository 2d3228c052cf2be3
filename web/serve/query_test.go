package serve_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/pinezka/pinezka/web/serve"
)

// fault returns the parameter that the problem names, or "" for no problem.
func fault(t testing.TB, err error) string {
	t.Helper()
	var p *serve.Problem
	if err == nil {
		return ""
	}
	if !errors.As(err, &p) || p.Status != http.StatusBadRequest || len(p.Errors) != 1 {
		t.Fatalf("not a problem with a parameter: %v", err)
	}
	return p.Errors[0].Parameter
}

func TestCheckQuery(t *testing.T) {
	p := serve.FilterQuery("q")
	for query, want := range map[string]string{
		"": "", "&&kind=need&": "", "kind=need&kind=potential&q=a%3Bb+c": "", "%6Bind=need": "", "q=żółw": "", "q==": "",
		"kind=need;status=reported": "kind", "kind;x=need": "kind;x", "kind=%zz": "kind", "from=%4": "from", "%zz=1": "%zz", "q=%ff": "q", "q=%00": "q",
		"from=2025-01&from=2026-01": "from", "from=2025-01&%66rom=2025-01": "from", "q=a&kind=need&q=a": "q",
		"kind=": "kind", "kind": "kind", "q=&q=": "q", "kind=need&x=1": "x", "KIND=need": "KIND", "=1": "", "kind[]=need": "kind[]",
	} {
		err := p.Check(query)
		if got := fault(t, err); got != want || (err != nil) != (want != "" || query == "=1") {
			t.Errorf("%s: %v, want a problem with %q", query, err, want)
		}
	}
	if n := testing.AllocsPerRun(100, func() { _ = p.Check("kind=need&category=trees&from=2024-01&q=x") }); n > 0 {
		t.Errorf("a query without escapes takes %v allocations", n)
	}
}

// FuzzCheckQuery checks that url.ParseQuery reads whatever Check accepts, and
// reads no parameter that is empty, unknown or repeated.
func FuzzCheckQuery(f *testing.F) {
	for _, seed := range []string{"kind=need&from=2024-01", "kind=need;status=met", "q=%zz", "q=%ff&&=", "from=1&from=2"} {
		f.Add(seed)
	}
	p := serve.FilterQuery("q")
	f.Fuzz(func(t *testing.T, query string) {
		if p.Check(query) != nil {
			return
		}
		q, err := url.ParseQuery(query)
		if err != nil {
			t.Fatalf("%q: %v", query, err)
		}
		for name, values := range q {
			switch name {
			case "from", "to", "q":
				if len(values) > 1 {
					t.Errorf("%q: %s is repeated", query, name)
				}
			case "kind", "category", "status", "area":
			default:
				t.Errorf("%q: there is no parameter %q", query, name)
			}
			for _, v := range values {
				if v == "" {
					t.Errorf("%q: %s is empty", query, name)
				}
			}
		}
	})
}

// TestPagesHaveCanonicalQueries checks that a page redirects to its address
// without what a browser adds for the empty fields of a form, and without what
// other sites add to links, whatever the path.
func TestPagesHaveCanonicalQueries(t *testing.T) {
	ok := func(w http.ResponseWriter, _ *http.Request) error { w.WriteHeader(http.StatusNoContent); return nil }
	h := newRouter().Handler([]serve.Route{
		serve.Page("GET", "/{name}", serve.Public, serve.Read, ok).WithQuery(serve.FilterQuery("q")),
		serve.Page("GET", "/", serve.Public, serve.Read, ok).WithQuery(serve.FilterQuery("q")),
		serve.Page("POST", "/{name}", serve.Public, serve.Stream, ok),
		serve.API("GET", "/api", serve.Public, serve.Read, ok),
	})
	for _, test := range []struct {
		method, target string
		status         int
		location       string
	}{
		{"GET", "/page?kind=need&q=x&lang=pl", 204, ""},
		{"GET", "/page?kind=need&q=&from=&to=", 303, "./page?kind=need"},
		{"HEAD", "/page?q=", 303, "./page"},
		{"GET", "/?q=", 303, "./"},
		{"GET", "/page?fbclid=1&utm_source=x&q=a%26b", 303, "./page?q=a%26b"},
		{"GET", "/evil:x?q=", 303, "./evil:x"},
		{"GET", "/page?x=", 400, ""},
		{"GET", "/page?kind=%zz&q=", 303, "./page?kind=%zz"},
		{"GET", "/page?kind=%zz", 400, ""},
		{"POST", "/page?lang=", 400, ""},
		{"GET", "/api?fbclid=1", 400, ""},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(test.method, test.target, nil))
		if w.Code != test.status || w.Header().Get("Location") != test.location {
			t.Errorf("%s %s: status %d, to %q; want %d, to %q", test.method, test.target, w.Code, w.Header().Get("Location"), test.status, test.location)
		}
	}
}
