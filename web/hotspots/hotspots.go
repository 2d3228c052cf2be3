// Package hotspots serves where a district has more pins than chance would
// explain: the page, and the statistic behind it through the API. The statistic
// is that of package analysis/hotspots, of the counts of the live index.
package hotspots

import (
	"context"
	"embed"
	"fmt"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/paulmach/orb"

	analysis "github.com/pinezka/pinezka/analysis/hotspots"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/maps"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
)

// Files contains the template, the texts and the part of the contract.
//
//go:embed templates/*.html locales/*.json openapi.yaml
var Files embed.FS

// Store is what the page needs of the database: the pins behind a cell, and
// names of places. The statistic needs none of it.
type Store interface {
	Pins(ctx context.Context, d *civic.District, q civic.PinQuery) (civic.PinPage, error)
	Places(ctx context.Context, d *civic.District, q civic.PlaceQuery) ([]civic.FoundPlace, error)
	NearestPlaces(ctx context.Context, d *civic.District, points []orb.Point) ([]string, error)
}

// Config configures Hotspots. Every field is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Maps  *maps.Maps
	Store Store
}

const (
	maxGrids   = 64 // that are kept; each takes some fifty bytes a cell
	maxResults = 16 // that are kept, of at most maxKept cells
	maxKept    = 10_000
	maxHot     = 256 // categories whose hot cells are kept
)

// Hotspots serves the routes of hotspots, and keeps what it has computed as long
// as it is true. Use New to create one.
type Hotspots struct {
	Config

	grids   *lru.Cache[gridKey, *analysis.Grid]
	results *lru.Cache[resultKey, keptResult]

	searching sync.Mutex // held while hot cells are computed
	hot       *lru.Cache[hotKey, hotCells]
}

// New returns the hotspots of a configuration.
func New(cfg Config) (*Hotspots, error) {
	h := &Hotspots{Config: cfg}
	var err error
	if h.grids, err = lru.New[gridKey, *analysis.Grid](maxGrids); err != nil {
		return nil, fmt.Errorf("create the cache of grids: %w", err)
	}
	if h.results, err = lru.New[resultKey, keptResult](maxResults); err != nil {
		return nil, fmt.Errorf("create the cache of hotspots: %w", err)
	}
	if h.hot, err = lru.New[hotKey, hotCells](maxHot); err != nil {
		return nil, fmt.Errorf("create the cache of hot cells: %w", err)
	}
	return h, nil
}

// Routes returns the routes of hotspots.
func (h *Hotspots) Routes() []serve.Route {
	query := serve.FilterQuery("q", "res", "cell")
	routes := []serve.Route{
		serve.API("GET", "/api/v1/districts/{district}/hotspots", serve.Public, serve.Read, h.api),
		serve.API("GET", "/api/v1/districts/{district}/hotspots/{cell}/trend", serve.Public, serve.Read, h.trendAPI),
		serve.Page("GET", "/d/{district}/hotspots", serve.Public, serve.Read, h.page).WithQuery(query),
		serve.Page("POST", "/d/{district}/hotspots", serve.Public, serve.Body, h.choosePlace).WithQuery(query),
	}
	for _, format := range sheets.Formats() {
		routes = append(routes, serve.Page("GET", "/d/{district}/hotspots."+string(format), serve.Public, serve.Read, h.file(format)).WithQuery(query))
	}
	return routes
}
