// Package health reports whether the process responds and whether its map is
// loaded and fresh.
package health

import (
	"context"
	"net/http"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/basemap"
	"github.com/pinezka/pinezka/web/serve"
)

// Store is what this package needs of the database.
type Store interface {
	// Basemap returns the basemap that was made last. It returns
	// civic.ErrNotFound when none was.
	Basemap(ctx context.Context) (civic.Basemap, error)
}

// storeTimeout bounds the wait for the database, without which a node is ready
// too.
const storeTimeout = time.Second

// readiness is the body of /readyz.
type readiness struct {
	Ready          bool   `json:"ready"`
	Stale          bool   `json:"stale"` // while the database cannot be read
	FollowedAt     string `json:"followed_at"`
	Basemap        string `json:"basemap,omitempty"`         // hash of the archive that this node serves
	BasemapDiffers *bool  `json:"basemap_differs,omitempty"` // from the one that was made last
}

// Routes returns the routes /healthz and /readyz. base is the basemap that the
// node serves, or nil.
func Routes(s *serve.Service, store Store, base *basemap.Basemap) []serve.Route {
	return []serve.Route{
		serve.API("GET", "/healthz", serve.Public, serve.Read, func(w http.ResponseWriter, r *http.Request) error {
			return s.SendContent(w, r, serve.Content{Type: "text/plain; charset=utf-8", CacheControl: serve.NoStore, Body: []byte("ok\n")})
		}),
		serve.API("GET", "/readyz", serve.Public, serve.Read, func(w http.ResponseWriter, r *http.Request) error {
			if err := s.Loading(); err != nil {
				return err
			}
			state := s.Live.State()
			out := readiness{Ready: true, Stale: state.Err != nil, FollowedAt: state.Followed.UTC().Format(time.RFC3339Nano)}
			if base != nil {
				out.Basemap = base.Archive().Hash
				out.BasemapDiffers = differs(r.Context(), store, out.Basemap)
			}
			return s.SendJSON(w, r, serve.TypeJSON, serve.NoStore, out)
		}),
	}
}

// differs reports whether the hash is not that of the basemap that was made
// last, or nil where that is not known.
func differs(ctx context.Context, store Store, hash string) *bool {
	ctx, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	made, err := store.Basemap(ctx)
	if err != nil {
		return nil
	}
	is := made.Hash != hash
	return &is
}
