package serve

import "net/http"

var (
	nosniff  = []string{"nosniff"}
	referrer = []string{"strict-origin-when-cross-origin"}
)

// prepare sets the security headers of every response. It combines the lines of
// the headers of every request and decodes its path.
func (rt *Router) prepare(next http.Handler) http.Handler {
	policy := []string{rt.Policy}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h["Content-Security-Policy"] = policy
		h["X-Content-Type-Options"] = nosniff
		h["Referrer-Policy"] = referrer
		combineLines(r.Header)
		if err := decodePath(r); err != nil {
			rt.fail(w, r, JSON, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}
