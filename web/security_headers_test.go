package web_test

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestSecurityHeaders checks that every response, errors among them, has the
// policy of what a page may load, and that no script but ours runs.
func TestSecurityHeaders(t *testing.T) {
	for style, connect := range map[string]string{"": "'self'", "https://tiles.example.org/style.json": "'self' https: http:"} {
		s := webtest.Static(t, web.Config{StyleURL: style})
		policy := "default-src 'self'; script-src 'self'; worker-src 'self' blob:; style-src 'self'; " +
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
				if path == "/d/trial/advice/sent" && resp.StatusCode == http.StatusOK {
					referrer = "no-referrer"
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

// inlineCode returns the first element of a page that the policy does not let
// run: a script or a style that is not a file, or an attribute with one. It returns
// "" if there is none. TestAccess asks it of every page.
func inlineCode(page string) string {
	tokens := html.NewTokenizer(strings.NewReader(page))
	for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		token := tokens.Token()
		inline := token.Data == "style" || token.Data == "script"
		for _, a := range token.Attr {
			switch {
			case a.Key == "src" || a.Key == "type" && a.Val == "application/json":
				inline = false
			case a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Val, "javascript:"):
				return token.String()
			}
		}
		if inline {
			return token.String()
		}
	}
	return ""
}

func TestInlineCode(t *testing.T) {
	for page, want := range map[string]string{
		`<p class="a">style="x" onclick="y"</p>`:                 "",
		`<script src="/a.js"></script><img src="/a.png">`:        "",
		`<script type="application/json" id="t">{}</script>`:     "",
		`<p>a</p><p style="color: red">b</p>`:                    `<p style="color: red">`,
		`<button onclick="f()">b</button>`:                       `<button onclick="f()">`,
		`<a href="javascript:f()">b</a>`:                         `<a href="javascript:f()">`,
		`<style>p { color: red }</style>`:                        `<style>`,
		`<script type="module">f()</script><script src="/a.js">`: `<script type="module">`,
		`<svg><rect STYLE='fill: red'/></svg>`:                   `<rect style="fill: red"/>`,
	} {
		if got := inlineCode(page); got != want {
			t.Errorf("%s: %q, want %q", page, got, want)
		}
	}
}
