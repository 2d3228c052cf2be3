package web

import (
	"net/http"
	"time"
)

// healthz says that the process answers.
func (s *Server) healthz(w http.ResponseWriter, r *http.Request) error {
	return s.respond(w, r, content{"text/plain; charset=utf-8", "no-store", []byte("ok\n")})
}

// readyz says whether the map is loaded, and how fresh it is. While the record
// cannot be read, the last version is served and marked stale.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) error {
	state := s.cfg.Live.State()
	if !state.Ready {
		return &problem{Status: http.StatusServiceUnavailable, Title: "Starting", Detail: "the map is being loaded", retryAfter: "2", cause: state.Err}
	}
	return s.respondJSON(w, r, typeJSON, "no-store", map[string]any{
		"ready": true, "stale": state.Err != nil, "followed_at": state.Followed.UTC().Format(time.RFC3339Nano),
	})
}
