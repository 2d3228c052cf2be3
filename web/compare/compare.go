// Package compare compares areas, categories and periods of a district: how many
// pins each has, per resident where that is known, how certain the differences
// are, and what they say in plain words.
//
// What is compared follows from the address alone. Of two to four areas, two
// categories and two periods, those that are given several times are the sides:
//
//	            first period   second period
//	area A      ├───●───┤  ──────▶  ├──●──┤     each with its interval
//	               ▲                   ▲
//	area B      ├──●──┤    ──────▶  ├────●───┤  ▲▼ and ▶ are compared
//
// Every count that is compared is of the live index, every interval and every rank
// of package rates. Below the minima no difference is stated, nor of pins that are
// published only in counts.
package compare

import (
	"context"
	"embed"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/maps"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
)

// Files contains the template, the texts and the part of the contract.
//
//go:embed openapi.yaml templates/*.html locales/*.json
var Files embed.FS

// Store is what comparisons need of the database.
type Store interface {
	Population(ctx context.Context, d *civic.District) (civic.Population, error)
	HexOnlyCounts(ctx context.Context, d *civic.District, q civic.HexOnlyQuery) ([]civic.HexOnlyCount, error)
}

// Config configures the handlers. Every field is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Maps  *maps.Maps
	Store Store
}

type handlers struct{ Config }

// Routes returns the routes of comparisons.
func Routes(cfg Config) []serve.Route {
	h := handlers{cfg}
	query := serve.Parameters{Single: []string{"from", "to", "from2", "to2", "split"}, Repeated: []string{"area", "kind", "category"}}
	const path = "/d/{district}/compare"
	return []serve.Route{
		serve.Page("GET", path, serve.Public, serve.Read, h.page).WithQuery(query),
		serve.Page("GET", path+".csv", serve.Public, serve.Read, h.file(sheets.CSV)).WithQuery(query),
		serve.Page("GET", path+".xlsx", serve.Public, serve.Read, h.file(sheets.XLSX)).WithQuery(query),
		serve.API("GET", "/api/v1/districts/{district}/compare", serve.Public, serve.Read, h.api),
	}
}
