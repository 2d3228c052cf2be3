package serve

import "net/http"

var (
	nosniff  = []string{"nosniff"}
	referrer = []string{"strict-origin-when-cross-origin"}
)

// prepare sets the security headers of every response, and combines the lines of
// the headers of every request.
func (rt *Router) prepare(next http.Handler) http.Handler {
	policy := []string{rt.Policy}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h["Content-Security-Policy"] = policy
		h["X-Content-Type-Options"] = nosniff
		h["Referrer-Policy"] = referrer
		combineLines(r.Header)
		next.ServeHTTP(w, r)
	})
}
