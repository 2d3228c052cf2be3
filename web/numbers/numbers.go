// Package numbers serves statistics of a district: counts, through the API, and
// where people live and nobody was heard, as a page too. The staff have a page with
// exact numbers.
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

// Store is what statistics need of the database. Everything that is counted for
// the public comes from the live index.
type Store interface {
	Population(ctx context.Context, d *civic.District) (civic.Population, error)
	ExactCounts(ctx context.Context, d *civic.District, from, until civic.Day, areas []int32) (civic.ExactCounts, error)
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
	const coverage, exact = "/d/{district}/coverage", "/d/{district}/desk/numbers"
	h := handlers{cfg}
	query := serve.Parameters{Single: []string{"from", "to", "res", "minimum"}, Repeated: []string{"kind", "category"}}
	exactQuery := serve.Parameters{Single: []string{"area", "from", "to"}}
	routes := []serve.Route{
		serve.API("GET", "/api/v1/districts/{district}/stats", serve.Public, serve.Read, h.stats),
		serve.API("GET", "/api/v1/districts/{district}/coverage", serve.Public, serve.Read, h.coverageAPI),
		serve.Page("GET", coverage, serve.Public, serve.Read, h.coveragePage).WithQuery(query),
		serve.Page("GET", exact, serve.For(civic.SeeDesk), serve.Read, h.exactPage).WithQuery(exactQuery),
	}
	for _, format := range sheets.Formats() {
		routes = append(routes, serve.Page("GET", coverage+"."+string(format), serve.Public, serve.Read, h.coverageFile(format)).WithQuery(query))
		routes = append(routes, serve.Page("GET", exact+"."+string(format), serve.For(civic.SeeDesk), serve.Read, h.exactFile(format)).WithQuery(exactQuery))
	}
	return routes
}
