// Package explore serves the map page of a district, with its filters, list and
// counts, and the front page of the installation.
package explore

import (
	"context"
	"embed"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/follows"
	"github.com/pinezka/pinezka/web/maps"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
	"github.com/pinezka/pinezka/web/upcoming"
)

// Files contains the templates and the texts.
//
//go:embed templates/*.html locales/*.json
var Files embed.FS

// Store is what the list and the search need of the database.
type Store interface {
	follows.Voices
	Pins(ctx context.Context, d *civic.District, q civic.PinQuery) (civic.PinPage, error)
	Places(ctx context.Context, d *civic.District, q civic.PlaceQuery) ([]civic.FoundPlace, error)
	upcoming.Store
	SearchThings(ctx context.Context, d *civic.District, q civic.SearchQuery) ([]civic.SearchHit, error)
	things.Store
}

// Config configures the handlers of pages. Every field is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Maps  *maps.Maps
	Store Store
	Kinds []things.Kind // of things other than pins
}

type handlers struct {
	Config
	news *newsReader
}

// Routes returns the routes of the pages.
func Routes(cfg Config) []serve.Route {
	h, query := handlers{cfg, &newsReader{store: cfg.Store, all: map[int32]*keptNews{}}}, serve.FilterQuery("q", "cell", "after", "seen", "scale", "hide", "show")
	return []serve.Route{
		serve.Page("GET", "/", serve.Public, serve.Read, h.frontPage).WithQuery(query),
		serve.Page("GET", "/d/{district}", serve.Public, serve.Read, h.mapPage).WithQuery(query),
		serve.Page("GET", "/d/{district}/print", serve.Public, serve.Read, h.printPage).WithQuery(serve.FilterQuery("q", "cell", "scale")),
	}
}
