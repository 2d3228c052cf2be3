package web

import (
	"net/http"

	"github.com/pinezka/pinezka/web/serve"
)

// Readable returns the routes that serve GET, and those of POST that can be sent
// without a write.
func (s *Server) Readable() (all []serve.Route) {
	for _, r := range s.routes {
		if r.Method == http.MethodGet || r.Limit == serve.Body {
			all = append(all, r)
		}
	}
	return all
}

// Patterns returns the patterns of the routes that serve GET.
func (s *Server) Patterns() (all []string) {
	for _, r := range s.routes {
		if r.Method == http.MethodGet {
			all = append(all, r.Pattern)
		}
	}
	return all
}

// Routes returns all routes.
func (s *Server) Routes() []serve.Route { return s.routes }
