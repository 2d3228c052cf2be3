// Package pins serves pins: the form that adds a pin, the page of a pin, and
// pins and places through the API.
package pins

import (
	"context"
	"embed"
	"fmt"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/follows"
	"github.com/pinezka/pinezka/web/maps"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
)

// Files contains the templates, the texts and the part of the contract.
//
//go:embed templates/*.html locales/*.json openapi.yaml
var Files embed.FS

// Store is what pins need of the database.
type Store interface {
	follows.Voices
	AddPin(ctx context.Context, d *civic.District, actor civic.Actor, pin civic.NewPin, p civic.Publication) (int64, error)
	AddPinOnce(ctx context.Context, d *civic.District, actor civic.Actor, pin civic.NewPin, p civic.Publication, request civic.Request) (civic.AddedPin, error)
	ResidentOf(ctx context.Context, d *civic.District, actor civic.Actor) (civic.Resident, error)
	DeskItem(ctx context.Context, d *civic.District, id int64) (civic.QueueItem, error)
	Do(ctx context.Context, d *civic.District, actor civic.Actor, c civic.Command) (civic.Outcome, error)
	Pin(ctx context.Context, d *civic.District, id int64) (civic.Pin, error)
	Profiles(ctx context.Context, d *civic.District, pins []int64) (map[int64]int64, error)
	Improvements(ctx context.Context, d *civic.District, thing int64) (civic.Improvements, error)
	MergedInto(ctx context.Context, d *civic.District, id int64) (int64, error)
	Thread(ctx context.Context, d *civic.District, id int64) (civic.Thread, error)
	PinByLink(ctx context.Context, d *civic.District, link civic.PrivateLink) (civic.Pin, error)
	Pins(ctx context.Context, d *civic.District, q civic.PinQuery) (civic.PinPage, error)
	Places(ctx context.Context, d *civic.District, q civic.PlaceQuery) ([]civic.FoundPlace, error)
}

// Hotspots is what pins need of the hotspots.
type Hotspots interface {
	Around(ctx context.Context, v *index.Version, category *civic.Category, c geo.Cell) (*Hotspot, error)
}

// Config configures the handlers of pins. Every field is required.
type Config struct {
	*serve.Service
	Pages     *page.Renderer
	Maps      *maps.Maps
	Hotspots  Hotspots
	Store     Store
	Writes    *serve.WriteLimiter // of pins that the form adds
	Exporting *serve.Limiter      // of files that are made
}

type handlers struct{ Config }

// Routes returns the routes of pins.
func Routes(cfg Config) []serve.Route {
	const d = "/api/v1/districts/{district}"
	h := handlers{cfg}
	edit := serve.For(civic.Edit).On(civic.PinThing)
	return []serve.Route{
		serve.Page("GET", "/d/{district}/pins/{id}", serve.Public, serve.Read, h.pinPage).WithQuery(serve.Parameters{Single: []string{"added", "edited"}}),
		serve.Page("GET", "/d/{district}/pins/{id}/edit", edit, serve.Read, h.editForm),
		serve.Page("POST", "/d/{district}/pins/{id}/edit", edit, serve.Write, h.edit),
		serve.Page("GET", "/d/{district}/private/{link}", serve.Public, serve.Read, h.privatePage).WithQuery(serve.Parameters{Single: []string{"added"}}),
		serve.Page("GET", "/d/{district}/pins.csv", serve.Public, serve.Read, h.exportRoute("csv", sheets.CSV.MediaType(), writeCSV)).WithQuery(serve.FilterQuery("q", "cell")),
		serve.Page("GET", "/d/{district}/pins.xlsx", serve.Public, serve.Read, h.exportRoute("xlsx", sheets.XLSX.MediaType(), writeXLSX)).WithQuery(serve.FilterQuery("q", "cell")),
		serve.Page("GET", "/d/{district}/pins.geojson", serve.Public, serve.Read, h.exportRoute("geojson", serve.TypeGeoJSON, writeGeoJSON)).WithQuery(serve.FilterQuery("q", "cell")),
		serve.Page("GET", "/d/{district}/add", serve.Public, serve.Read, h.form).WithQuery(serve.Parameters{Single: []string{"category", "added"}}),
		serve.Page("POST", "/d/{district}/add", serve.Public, serve.Body, h.submit),
		serve.API("GET", d+"/places", serve.Public, serve.Read, h.places),
		serve.API("POST", d+"/places", serve.Public, serve.Body, h.searchPlaces),
		serve.API("GET", d+"/pins", serve.Public, serve.Read, h.list),
		serve.API("POST", d+"/pins", serve.Public, serve.Write, h.create),
		serve.API("GET", d+"/pins/{id}", serve.Public, serve.Read, h.get),
	}
}

// pin returns the district and the pin in the path of the request.
func (h handlers) pin(r *http.Request) (*index.Version, civic.Pin, error) {
	v, err := h.District(r)
	if err != nil {
		return nil, civic.Pin{}, err
	}
	id, err := serve.PathID(r, "pin")
	if err != nil {
		return nil, civic.Pin{}, err
	}
	p, err := h.Store.Pin(r.Context(), &v.District, id)
	return v, p, err
}

// addedPage returns the path of the page of a pin that somebody has just added,
// or "" while it has none.
func addedPage(d *civic.District, p civic.AddedPin) string {
	switch {
	case p.Link != "":
		return "/d/" + d.Slug + "/private/" + string(p.Link)
	case p.Publication == civic.Published:
		return fmt.Sprintf("/d/%s/pins/%d", d.Slug, p.ID)
	}
	return ""
}

// signedIn returns who makes the request, or somebody unknown when that is a
// contact of another district.
func signedIn(r *http.Request, d *civic.District) (civic.Actor, error) {
	session, err := serve.SessionOf(r.Context())
	if session.Kind == civic.Contact && session.DistrictID != d.ID {
		return civic.Actor{}, err
	}
	return session.Actor(), err
}

// add stores the pin of an actor with today's date, once for each key unless
// that is "". It is published at once or pending, as the district is configured.
// With civic.ErrKeyReused, it returns the pin that was added with the key.
func (h handlers) add(r *http.Request, v *index.Version, actor civic.Actor, draft civic.Draft, key civic.RequestKey) (civic.AddedPin, error) {
	today := h.Today(&v.District)
	draft.ReportedOn = today
	draft.Language = h.Pages.Reader(r, &v.District).Lang
	pin, err := v.District.Accept(draft, today)
	if err != nil {
		return civic.AddedPin{}, err
	}
	if pin.Category.Visibility == civic.HexOnly {
		pin.Link = civic.NewPrivateLink()
	}
	added := civic.AddedPin{Publication: civic.Pending, Link: pin.Link}
	if v.District.Moderation == civic.ModerateAfter {
		added.Publication = civic.Published
	}
	if key != "" {
		return h.Store.AddPinOnce(r.Context(), &v.District, actor, pin, added.Publication, civic.NewRequest(key, pin))
	}
	added.ID, err = h.Store.AddPin(r.Context(), &v.District, actor, pin, added.Publication)
	return added, err
}
