// Package numbers serves statistics of a district: counts, through the API, and
// where people live and nobody was heard, as a page too.
package numbers

import (
	"context"
	"embed"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
)

// Files contains the template, the texts and the part of the contract.
//
//go:embed templates/*.html locales/*.json openapi.yaml
var Files embed.FS

// Store is what statistics need of the database. Everything that is counted comes
// from the live index.
type Store interface {
	Population(ctx context.Context, d *civic.District) (civic.Population, error)
}

// Config configures the handlers of statistics. Every field is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Store Store
}

type handlers struct{ Config }

// Routes returns the routes of statistics.
func Routes(cfg Config) []serve.Route {
	const coverage = "/d/{district}/coverage"
	h := handlers{cfg}
	query := serve.Parameters{Single: []string{"from", "to", "res", "minimum"}, Repeated: []string{"kind", "category"}}
	routes := []serve.Route{
		serve.API("GET", "/api/v1/districts/{district}/stats", serve.Public, serve.Read, h.stats),
		serve.API("GET", "/api/v1/districts/{district}/coverage", serve.Public, serve.Read, h.coverageAPI),
		serve.Page("GET", coverage, serve.Public, serve.Read, h.coveragePage).WithQuery(query),
	}
	for _, format := range sheets.Formats() {
		routes = append(routes, serve.Page("GET", coverage+"."+string(format), serve.Public, serve.Read, h.coverageFile(format)).WithQuery(query))
	}
	return routes
}
