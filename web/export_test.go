package web

import "net/http"

// Patterns returns the patterns of the routes that serve GET.
func (s *Server) Patterns() (all []string) {
	for _, r := range s.routes {
		if r.Method == http.MethodGet {
			all = append(all, r.Pattern)
		}
	}
	return all
}
