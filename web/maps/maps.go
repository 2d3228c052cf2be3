// Package maps serves the data of the map in the browser: vector tiles with
// their TileJSON, hexes, the stream of changes, the basemap, and the
// configuration of the map element.
package maps

import (
	"crypto/rand"
	"embed"
	"fmt"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/pinezka/pinezka/tiles/basemap"
	"github.com/pinezka/pinezka/web/serve"
)

// Files contains the texts and the part of the contract.
//
//go:embed openapi.yaml locales/*.json
var Files embed.FS

// Config configures the maps.
type Config struct {
	Service   *serve.Service   // required
	Basemap   *basemap.Basemap // below the map; default none
	StyleURL  string           // of a MapLibre style below the map, instead of Basemap; default none
	TileCache int              // bytes of rendered tiles to keep; 0 for none
	Streams   *serve.Shares    // of open streams of changes; required
	Things    []ThingLayer     // kinds of things on the map other than pins; default none
}

// Maps serves maps. Use New to create one.
type Maps struct {
	*serve.Service
	basemap   *basemap.Basemap // nil for none
	styleURL  string
	things    []ThingLayer
	cache     *tileCache
	queries   *lru.Cache[tileQueryKey, tileQuery]
	processID string        // distinguishes this process from all others
	streams   *serve.Shares // of changes
	closed    chan struct{} // closed by CloseStreams
}

// New returns the maps of a service.
func New(cfg Config) (*Maps, error) {
	m := &Maps{Service: cfg.Service, basemap: cfg.Basemap, styleURL: cfg.StyleURL, things: cfg.Things, streams: cfg.Streams, processID: rand.Text(), closed: make(chan struct{})}
	var err error
	if m.cache, err = newTileCache(cfg.TileCache); err != nil {
		return nil, fmt.Errorf("create the cache of tiles: %w", err)
	}
	if m.queries, err = lru.New[tileQueryKey, tileQuery](maxQueries); err != nil {
		return nil, fmt.Errorf("create the cache of queries: %w", err)
	}
	return m, nil
}

// Routes returns the routes of maps.
func (m *Maps) Routes() []serve.Route {
	const d = "/api/v1/districts/{district}"
	return append(append(m.tileRoutes(), m.basemapRoutes()...),
		serve.API("GET", d+"/hexes", serve.Public, serve.Read, m.hexes),
		serve.API("GET", d+"/changes", serve.Public, serve.Stream, m.streamChanges),
	)
}
