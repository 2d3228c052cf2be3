package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestSecurityHeaders checks that every response, errors among them, has the
// policy of what a page may load, and that no script but ours runs.
func TestSecurityHeaders(t *testing.T) {
	for style, connect := range map[string]string{"": "'self'", "https://tiles.example.org/style.json": "'self' https: http:"} {
		s := webtest.Static(t, web.Config{StyleURL: style})
		policy := "default-src 'self'; script-src 'self'; worker-src 'self' blob:; style-src 'self'; style-src-attr 'unsafe-inline'; " +
			"font-src 'self'; img-src 'self' data: blob:" + strings.TrimPrefix(connect, "'self'") + "; connect-src " + connect + "; " +
			"base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
		paths := []string{"/nowhere", "/d/nowhere", "/d/trial?kind=cat", "/d/trial?q=", "/d/%2F"}
		for path := range addresses() {
			if !strings.Contains(path, "/pins") && !strings.Contains(path, "/places") && !strings.HasSuffix(path, "/changes") && path != "/sign-in/x" && path != "/" && path != "/d/trial" {
				paths = append(paths, path)
			}
		}
		for _, path := range paths {
			for _, method := range []string{"GET", "HEAD", "OPTIONS", "DELETE"} {
				resp, _ := s.Do(t, method, path, "", "Accept", "text/html")
				referrer := "strict-origin-when-cross-origin"
				if (path == "/d/trial/add" || path == "/d/trial/follow" || strings.HasPrefix(path, "/sign-in")) && resp.StatusCode == http.StatusOK {
					referrer = "strict-origin"
				}
				for name, want := range map[string]string{"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": referrer} {
					if got := resp.Header.Get(name); got != want {
						t.Errorf("%s %s: %s is %q, want %q", method, path, name, got, want)
					}
				}
			}
		}
	}
}
