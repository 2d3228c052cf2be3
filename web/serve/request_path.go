package serve

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/go-chi/chi/v5"
)

// decodePath decodes the path by which a request is routed, so that equivalent
// paths reach the same route with the same values (RFC 3986, section 6.2.2.2).
// An escaped slash is part of its segment and remains %2F.
func decodePath(r *http.Request) error {
	if r.URL.RawPath == "" {
		return nil // no escapes but those that any path needs, which are decoded
	}
	segments := strings.Split(r.URL.RawPath, "/")
	for i, s := range segments {
		decoded, err := url.PathUnescape(s)
		if err != nil {
			return &Problem{Status: http.StatusBadRequest, Title: "Bad path", Detail: err.Error(), Cause: err}
		}
		segments[i] = strings.ReplaceAll(decoded, "/", "%2F")
	}
	chi.RouteContext(r.Context()).RoutePath = strings.Join(segments, "/")
	return nil
}
