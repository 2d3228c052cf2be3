// Package areas serves the page of a sub-area, which has in one screen what an
// animator needs to plan work in it: what hurts, what is there, what has changed
// since the season before, and who is not heard. The API has the same.
package areas

import (
	"context"
	"embed"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
	"github.com/pinezka/pinezka/web/upcoming"
)

// Files contains the template, the texts and the part of the contract.
//
//go:embed templates/*.html locales/*.json openapi.yaml
var Files embed.FS

// Store is what the page of an area needs of the database: the names of what is
// there, how many people live where, how pins are grouped that are only counted, and
// how many resolutions name the area.
// All pins that are counted come from the live index.
type Store interface {
	Population(ctx context.Context, d *civic.District) (civic.Population, error)
	HexOnlyCounts(ctx context.Context, d *civic.District, q civic.HexOnlyQuery) ([]civic.HexOnlyCount, error)
	Pins(ctx context.Context, d *civic.District, q civic.PinQuery) (civic.PinPage, error)
	upcoming.Store
	CountThings(ctx context.Context, d *civic.District, q civic.ThingQuery) (int, error)
}

// Config configures the handlers of areas. Every field is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Store Store
}

type handlers struct{ Config }

// Routes returns the routes of areas.
func Routes(cfg Config) []serve.Route {
	const pattern = "/d/{district}/areas/{area}"
	h, query := handlers{cfg}, serve.Parameters{Single: []string{"month", "months", "against"}}
	routes := []serve.Route{
		serve.Page("GET", pattern, serve.Public, serve.Read, h.areaPage).WithQuery(query),
		serve.API("GET", "/api/v1/districts/{district}/areas/{area}/summary", serve.Public, serve.Read, h.summaryAPI),
	}
	for _, format := range sheets.Formats() {
		routes = append(routes, serve.Page("GET", pattern+"."+string(format), serve.Public, serve.Read, h.file(format)).WithQuery(query))
	}
	return routes
}
