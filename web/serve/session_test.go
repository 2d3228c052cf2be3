package serve_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// sessions counts how often sessions are looked up.
type sessions struct{ lookups, peeks, replacements int }

func (s *sessions) PeekSession(ctx context.Context, token civic.SessionToken) (civic.Session, error) {
	s.peeks++
	return s.Session(ctx, token)
}

func (s *sessions) Session(_ context.Context, token civic.SessionToken) (civic.Session, error) {
	s.lookups++
	if token != "anna" {
		return civic.Session{}, nil
	}
	return civic.Session{Person: civic.Person{Kind: civic.Account, ID: 7}, ID: 1, Replace: s.replacements == 0}, nil
}

func (s *sessions) ReplaceSessionToken(context.Context, civic.Session) (civic.SessionToken, error) {
	s.replacements++
	return "new", nil
}

// TestSessionIsLookedUpOnce checks that a route that does not ask who has signed
// in makes no query, that one that asks makes one, and only with a cookie, and
// that no cache keeps what depends on the session, whatever the handler says.
func TestSessionIsLookedUpOnce(t *testing.T) {
	found := &sessions{}
	router := newRouter()
	sender := serve.NewSender(1 << 20)
	router.Sessions, router.Service = found, &serve.Service{Sender: sender, Now: time.Now}
	asks := func(w http.ResponseWriter, r *http.Request) error {
		for range 3 {
			if _, err := serve.ActorOf(r.Context()); err != nil {
				return err
			}
		}
		return sender.SendJSON(w, r, serve.TypeJSON, serve.CacheForever, "x")
	}
	never := func(w http.ResponseWriter, r *http.Request) error {
		return sender.SendJSON(w, r, serve.TypeJSON, serve.CacheForever, "x")
	}
	h := router.Handler([]serve.Route{
		serve.API("GET", "/never", serve.Public, serve.Read, never), serve.API("GET", "/asks", serve.Public, serve.Read, asks),
		serve.API("GET", "/signed-in", serve.SignedIn, serve.Read, never), serve.Page("GET", "/page", serve.SignedIn, serve.Read, never),
		serve.Page("POST", "/page", serve.SignedIn, serve.Write, never),
	})
	const private = "private, no-store"
	for _, test := range []struct {
		method, path, cookie           string
		status, lookups                int
		cacheControl, vary, newSession string
	}{
		{"GET", "/never", "session=anna", 200, 0, serve.CacheForever, "Accept-Encoding", ""},
		{"GET", "/asks", "", 200, 0, serve.CacheForever, "Cookie", ""},
		{"GET", "/asks", "session=anna", 200, 1, private, "Cookie", ""},
		{"HEAD", "/asks", "a=b; session=anna", 200, 1, private, "Cookie", ""},
		{"GET", "/asks", "session=ben", 200, 1, serve.CacheForever, "Cookie", ""},
		{"GET", "/signed-in", "", 401, 0, "no-store", "Cookie", ""},
		{"GET", "/signed-in", "session=ben", 401, 1, "no-store", "Cookie", ""},
		{"GET", "/signed-in", "session=anna", 200, 1, private, "Cookie", "session=new; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax"},
		{"GET", "/signed-in", "session=anna", 200, 1, private, "Cookie", ""},
		{"GET", "/page", "", 303, 0, private, "Cookie", ""},
		{"POST", "/page", "", 401, 0, "", "Cookie", ""},
	} {
		before := found.lookups
		w, r := httptest.NewRecorder(), httptest.NewRequest(test.method, test.path, nil)
		r.Header.Set("Cookie", test.cookie)
		h.ServeHTTP(w, r)
		if w.Code != test.status || found.lookups-before != test.lookups {
			t.Errorf("%s %s with %q: status %d, %d queries", test.method, test.path, test.cookie, w.Code, found.lookups-before)
		}
		got := w.Header()
		if got.Get("Cache-Control") != test.cacheControl || got.Get("Vary") != test.vary && got["Vary"][len(got["Vary"])-1] != test.vary || got.Get("Set-Cookie") != test.newSession {
			t.Errorf("%s %s with %q: %v", test.method, test.path, test.cookie, got)
		}
		if test.cacheControl == private && got.Get("Etag") != "" {
			t.Errorf("%s %s: %v", test.method, test.path, got)
		}
	}
}

// TestReturnPath checks which paths lead back to a page of this site.
func TestReturnPath(t *testing.T) {
	for _, s := range []string{"/", "/d/podgorze", "/d/podgorze?kind=need&q=%C5%82awka", "/account", "/d/podgorze/pins/1?lang=uk"} {
		if got := serve.ReturnPath(s); got != s {
			t.Errorf("%q leads to %q", s, got)
		}
	}
	for _, s := range []string{
		"", "d/podgorze", "//example.org", "///example.org", `/\example.org`, `\\example.org`, "https://example.org", "javascript:alert(1)", "/\texample.org",
		"/\n/example.org", "/ /example.org", "/d/ł", "/x#fragment", "/sign-in", "/sign-in?next=/", "/sign-in/code", "/sign-out", "/%5cexample.org", "/%2fexample.org", "/%zz", "/" + string(make([]byte, 3000)),
	} {
		if got := serve.ReturnPath(s); got != "" {
			t.Errorf("%q leads to %q", s, got)
		}
	}
}

// FuzzReturnPath checks that a browser at this site stays at it.
func FuzzReturnPath(f *testing.F) {
	for _, s := range []string{"/d/podgorze", "//example.org", `/\example.org`, "/%2f%2fexample.org"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := serve.ReturnPath(s)
		if got == "" {
			return
		}
		r := httptest.NewRequest(http.MethodGet, "https://mapa.example.org/sign-in", nil)
		w := httptest.NewRecorder()
		http.Redirect(w, r, got, http.StatusSeeOther)
		next, err := r.URL.Parse(w.Header().Get("Location"))
		if err != nil || next.Host != "mapa.example.org" || next.Scheme != "https" {
			t.Errorf("%q leads to %v (%v)", s, next, err)
		}
	})
}
