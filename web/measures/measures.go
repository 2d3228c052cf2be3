// Package measures says what a district has done in a time, in numbers with their
// definitions, by month and area, with the list behind each: for councillors, for whoever
// paid, and, on two pages, for every letterbox.
package measures

import (
	"context"
	"embed"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
)

// Files contains the templates, the texts and the part of the contract.
//
//go:embed templates/*.html locales/*.json openapi.yaml
var Files embed.FS

// Store is what the pages need of the database. Pins come from the live index, as those
// of the map do.
type Store interface {
	Measures(ctx context.Context, d *civic.District, first, last civic.Month) ([]civic.MeasureCount, error)
	MeasuredThings(ctx context.Context, d *civic.District, q civic.MeasureQuery) (found []civic.MeasuredThing, total int, err error)
	PeopleReached(ctx context.Context, d *civic.District, first, last civic.Month) ([]civic.Language, error)
	IdeaChannels(ctx context.Context, d *civic.District, first, last civic.Month) ([]civic.Channel, error)
	ResponseTimes(ctx context.Context, d *civic.District, first, last civic.Month) ([]civic.ResponseTimes, error)
	Population(ctx context.Context, d *civic.District) (civic.Population, error)
	SearchThings(ctx context.Context, d *civic.District, q civic.SearchQuery) ([]civic.SearchHit, error)
	Calendar(ctx context.Context, d *civic.District, q civic.CalendarQuery) ([]civic.CalendarEntry, error)
}

// Config configures the handlers. Every field is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Store Store
}

type handlers struct{ Config }

// Routes returns the routes of measures.
func Routes(cfg Config) []serve.Route {
	const pattern = "/d/{district}/measures"
	h, query := handlers{cfg}, serve.Parameters{Single: []string{"month", "months"}}
	routes := []serve.Route{
		serve.Page("GET", pattern, serve.Public, serve.Read, h.page).WithQuery(query),
		serve.Page("GET", pattern+"/{measure}", serve.Public, serve.Read, h.listPage).WithQuery(serve.Parameters{Single: []string{"month", "months", "area"}}),
		serve.Page("GET", "/d/{district}/year", serve.Public, serve.Read, h.yearPage).WithQuery(serve.Parameters{Single: []string{"month"}}),
		serve.API("GET", "/api/v1/districts/{district}/measures", serve.Public, serve.Read, h.api),
	}
	for _, format := range sheets.Formats() {
		routes = append(routes, serve.Page("GET", pattern+"."+string(format), serve.Public, serve.Read, h.file(format)).WithQuery(query))
	}
	return routes
}
