package serve

import (
	"net/http"
	"net/url"
	"strings"
)

// SignInPath is the path of the page to sign in.
const SignInPath = "/sign-in"

// ReturnPath returns s if it is the path of a page of this site, with or without a
// query, to which somebody may be sent after signing in; otherwise "". A path that
// begins with two slashes, or with what browsers read as such, is of another site;
// no page has them anywhere in its path.
func ReturnPath(s string) string {
	const most = 2000
	if len(s) > most || !strings.HasPrefix(s, "/") || strings.Contains(s, `\`) {
		return ""
	}
	if strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Fragment != "" || strings.Contains(u.Path, "//") || strings.Contains(u.Path, `\`) {
		return ""
	}
	if u.Path == SignInPath || strings.HasPrefix(u.Path, SignInPath+"/") || u.Path == "/sign-out" {
		return ""
	}
	return s
}

// askToSignIn redirects a request for a page to the page to sign in, which leads
// back, and reports whether it did. What somebody sends stays in their browser
// instead.
func askToSignIn(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	location := SignInPath
	if back := ReturnPath(r.URL.RequestURI()); back != "" {
		location += "?next=" + url.QueryEscape(back)
	}
	h := w.Header()
	h.Set("Location", location)
	h.Set("Cache-Control", PrivateNoStore)
	w.WriteHeader(http.StatusSeeOther)
	return true
}
