// Package health reports whether the process responds and whether its map is
// loaded and fresh.
package health

import (
	"net/http"
	"time"

	"github.com/pinezka/pinezka/web/serve"
)

// Routes returns the routes /healthz and /readyz.
func Routes(s *serve.Service) []serve.Route {
	return []serve.Route{
		serve.API("GET", "/healthz", serve.Public, serve.Read, func(w http.ResponseWriter, r *http.Request) error {
			return s.SendContent(w, r, serve.Content{Type: "text/plain; charset=utf-8", CacheControl: serve.NoStore, Body: []byte("ok\n")})
		}),
		serve.API("GET", "/readyz", serve.Public, serve.Read, func(w http.ResponseWriter, r *http.Request) error {
			if err := s.Loading(); err != nil {
				return err
			}
			state := s.Live.State() // stale while the database cannot be read
			return s.SendJSON(w, r, serve.TypeJSON, serve.NoStore, map[string]any{
				"ready": true, "stale": state.Err != nil, "followed_at": state.Followed.UTC().Format(time.RFC3339Nano),
			})
		}),
	}
}
