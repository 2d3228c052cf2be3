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

// isPreflight reports whether r is a preflight request of CORS.
func isPreflight(r *http.Request) bool {
	return r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != ""
}

// preflight responds to a preflight request with the methods of a route.
func preflight(w http.ResponseWriter, methods string) {
	h := w.Header()
	h.Set("Access-Control-Allow-Methods", methods)
	h.Set("Access-Control-Allow-Headers", "*")
	h.Set("Access-Control-Max-Age", "86400")
	w.WriteHeader(http.StatusNoContent)
}
