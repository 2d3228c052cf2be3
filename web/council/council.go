// Package council serves what a district council is for and who represents which
// place: plain pages that the staff of the district edits, the wards, and for any
// point its ward, its councillors, the nearest offices, what the council may do
// there, and what it has decided about it.
package council

import (
	"context"
	"embed"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/maps"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the templates, the texts and the part of the contract.
//
//go:embed templates/*.html locales/*.json openapi.yaml
var Files embed.FS

// Store is what the pages about the council need of the database. Wards come from
// the live index.
type Store interface {
	CouncilPages(ctx context.Context, d *civic.District) ([]civic.CouncilPage, error)
	CouncilPage(ctx context.Context, d *civic.District, slug string) (civic.CouncilPage, error)
	SaveCouncilPage(ctx context.Context, d *civic.District, actor civic.Actor, page civic.CouncilPage) error
	RemoveCouncilPage(ctx context.Context, d *civic.District, actor civic.Actor, slug string, version int32) error
	Things(ctx context.Context, d *civic.District, q civic.ThingQuery) ([]civic.Described, error)
	Councillors(ctx context.Context, d *civic.District, q civic.CouncillorQuery) ([]civic.Described, error)
	LocalResolutions(ctx context.Context, d *civic.District, q civic.LocalQuery) ([]civic.LocalResolution, error)
	Places(ctx context.Context, d *civic.District, q civic.PlaceQuery) ([]civic.FoundPlace, error)
}

// Config configures the handlers of the council. Every field is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Maps  *maps.Maps
	Store Store
}

// The kinds of things that the pages show.
var (
	officeKind     = things.Kind{Kind: civic.OfficeThing} // duty hours and contact points
	councillorKind = things.Kind{Kind: civic.CouncillorThing}
	resolutionKind = things.Kind{Kind: civic.ResolutionThing}
)

type handlers struct{ Config }

// Routes returns the routes of the council.
func Routes(cfg Config) []serve.Route {
	const district, api = "/d/{district}", "/api/v1/districts/{district}"
	h, edit := handlers{cfg}, serve.For(civic.EditPages)
	return []serve.Route{
		serve.Page("GET", district+"/council", serve.Public, serve.Read, h.index),
		serve.Page("GET", district+"/council/new", edit, serve.Read, h.newForm),
		serve.Page("POST", district+"/council/new", edit, serve.Write, h.submitNew),
		serve.Page("GET", district+"/council/{page}", serve.Public, serve.Read, h.textPage),
		serve.Page("GET", district+"/council/{page}/edit", edit, serve.Read, h.editForm),
		serve.Page("POST", district+"/council/{page}/edit", edit, serve.Write, h.submitEdit),
		serve.Page("GET", district+"/wards/{ward}", serve.Public, serve.Read, h.wardPage),
		serve.Page("GET", district+"/represents", serve.Public, serve.Read, h.represents).WithQuery(serve.Parameters{Single: []string{"lon", "lat"}}),
		serve.Page("POST", district+"/represents", serve.Public, serve.Body, h.choosePlace),
		serve.API("GET", api+"/wards", serve.Public, serve.Read, h.wardsAPI),
		serve.API("GET", api+"/represents", serve.Public, serve.Read, h.representsAPI),
	}
}

// text is a text with its language if that is not the one of the page.
type text struct{ Text, Lang string }

// textIn returns a text for a reader.
func textIn(reader *page.Reader, t civic.Text) text {
	return text{reader.In(t), reader.OtherLanguage(t)}
}

// link is a link to a page, by its name.
type link struct {
	text
	URL string
}
