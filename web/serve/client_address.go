package serve

import (
	"net"
	"net/http"
	"strings"

	"github.com/go-chi/httprate"
)

// clientKey returns the address that identifies the client of a request: the
// one that the nearest proxy reports, or that of the connection.
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
