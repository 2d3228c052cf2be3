package serve

import (
	"net"
	"net/http"
	"strings"

	"github.com/go-chi/httprate"
)

// Values of headers that all responses share: setting one costs no memory.
// They are as long as their arrays, so http.Header.Add makes a copy.
var (
	anyOrigin = []string{"*"}
	exposed   = []string{"ETag, Location, Retry-After"}
	nosniff   = []string{"nosniff"}
	referrer  = []string{"strict-origin-when-cross-origin"}
)

// allowOrigin lets pages of any origin read a response (CORS).
func allowOrigin(w http.ResponseWriter, o Origin) {
	if o == AnyOrigin {
		h := w.Header()
		h["Access-Control-Allow-Origin"], h["Access-Control-Expose-Headers"] = anyOrigin, exposed
	}
}

// preflight responds to r if it is a preflight request of CORS.
func preflight(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == "" {
		return false
	}
	h := w.Header()
	h.Set("Access-Control-Allow-Methods", "GET, HEAD")
	h.Set("Access-Control-Allow-Headers", "*")
	h.Set("Access-Control-Max-Age", "86400")
	w.WriteHeader(http.StatusNoContent)
	return true
}

// secure sets the security headers of every response.
func (rt *Router) secure(next http.Handler) http.Handler {
	policy := []string{rt.Policy}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h["Content-Security-Policy"] = policy
		h["X-Content-Type-Options"] = nosniff
		h["Referrer-Policy"] = referrer
		next.ServeHTTP(w, r)
	})
}

// clientKey returns what identifies the client of a request: the address that
// the nearest proxy saw, or that of the connection.
func (rt *Router) clientKey(r *http.Request) (string, error) {
	if seen := r.Header.Values("X-Forwarded-For"); rt.BehindProxy && len(seen) > 0 {
		hops := strings.Split(seen[len(seen)-1], ",")
		return httprate.CanonicalizeIP(strings.TrimSpace(hops[len(hops)-1])), nil
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr, nil
	}
	return httprate.CanonicalizeIP(host), nil
}
