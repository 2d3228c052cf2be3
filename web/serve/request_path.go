package serve

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"github.com/pinezka/pinezka/civic"
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

// PathID returns the id in the path of a request, of what it is said to be, such as
// "pin". It returns civic.ErrNotFound for what is not an id.
func PathID(r *http.Request, of string) (int64, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil || id < 1 {
		return 0, fmt.Errorf("%s %q: %w", of, r.PathValue("id"), civic.ErrNotFound)
	}
	return id, nil
}
