package serve

import "net/http"

// Values of headers that many responses share, so that setting them allocates
// nothing. Their capacity is their length, so http.Header.Add makes a copy.
var (
	anyOrigin = []string{"*"}
	exposed   = []string{"ETag, Location, Retry-After"}
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
