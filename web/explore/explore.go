// Package explore serves the map page of a district, with its filters, list and
// counts, and the front page of the installation.
package explore

import (
	"context"
	"embed"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/maps"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// Files holds the templates and the texts.
//
//go:embed templates/*.html locales/*.json
var Files embed.FS

// Store is what the list of pins needs of the database.
type Store interface {
	Pins(ctx context.Context, d *civic.District, q civic.PinQuery) (civic.PinPage, error)
	CountPins(ctx context.Context, d *civic.District, q civic.PinQuery) (int, error)
}

// Config configures the handlers of pages. Every field is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Maps  *maps.Maps
	Store Store
}

type handlers struct{ Config }

// Routes returns the routes of the pages.
func Routes(cfg Config) []serve.Route {
	h := handlers{cfg}
	return []serve.Route{
		serve.Page("GET", "/", serve.Public, serve.Read, h.frontPage),
		serve.Page("GET", "/d/{district}", serve.Public, serve.Read, h.mapPage),
	}
}

// districtsView is what the template districts.html is given.
type districtsView struct{ Districts []districtCard }

type districtCard struct {
	Name, URL string
	Counts    civic.Counts
	Areas     int
}

// frontPage shows the map if there is one district, else the list of districts.
func (h handlers) frontPage(w http.ResponseWriter, r *http.Request) error {
	all := h.Live.Districts()
	if len(all) == 1 {
		return h.showMap(w, r, all[0])
	}
	if err := h.Loading(); err != nil {
		return err
	}
	view := districtsView{}
	reader := h.Pages.Reader(r, nil)
	for _, v := range all {
		stats, err := h.Stats(r.Context(), v, civic.Filter{})
		if err != nil {
			return err
		}
		view.Districts = append(view.Districts, districtCard{
			Name: v.District.Text(v.District.Name, reader.Lang), URL: "/d/" + v.District.Slug,
			Counts: stats.Counts, Areas: len(v.District.Areas),
		})
	}
	p := h.Pages.Page(r, nil, view)
	p.Title = reader.Text("title.districts")
	return h.Pages.Render(w, r, http.StatusOK, "districts", p)
}
