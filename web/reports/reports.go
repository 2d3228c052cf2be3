// Package reports serves the form and the API with which anybody reports a
// published thing of whatever kind, as article 16 of Regulation (EU) 2022/2065
// (Digital Services Act) has it, or asks that what it says about them be erased.
package reports

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// Files contains the template, the texts and the part of the contract.
//
//go:embed templates/*.html locales/*.json openapi.yaml
var Files embed.FS

// Store is what reports need of the database.
type Store interface {
	Do(ctx context.Context, d *civic.District, actor civic.Actor, c civic.Command) (civic.Outcome, error)
	PublicThing(ctx context.Context, d *civic.District, id int64) (civic.Thing, error)
}

// Config configures the handlers of reports. Every field is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Store Store
}

type handlers struct{ Config }

// Routes returns the routes of reports: a form for each kind of things, and one
// path of the API for all.
func Routes(cfg Config) []serve.Route {
	h := handlers{cfg}
	routes := []serve.Route{serve.API("POST", "/api/v1/districts/{district}/things/{id}/reports", serve.Public, serve.Write, h.create)}
	for _, kind := range civic.ThingKinds() {
		if kind.Rules().Private {
			continue
		}
		path := "/d/{district}/" + kind.Plural() + "/{id}/report"
		routes = append(routes,
			serve.Page("GET", path, serve.Public, serve.Read, h.of(kind, h.form)).WithQuery(serve.Parameters{Single: []string{"done"}}),
			serve.Page("POST", path, serve.Public, serve.Write, h.of(kind, h.submit)),
		)
	}
	return routes
}

// request is what the handlers have to know of a request.
type request struct {
	d      *civic.District
	actor  civic.Actor
	thing  civic.Thing
	reader *page.Reader
}

// request returns what is to be known of a request to report a thing that
// everybody may know of.
func (h handlers) request(r *http.Request) (request, error) {
	v, err := h.District(r)
	if err != nil {
		return request{}, err
	}
	in := request{d: &v.District, reader: h.Pages.Reader(r, &v.District)}
	if in.actor, err = serve.ActorOf(r.Context()); err != nil {
		return request{}, err
	}
	id, err := serve.PathID(r, "thing")
	if err != nil {
		return request{}, err
	}
	in.thing, err = h.Store.PublicThing(r.Context(), in.d, id)
	return in, err
}

// of returns the handler of a page of things of a kind.
func (h handlers) of(kind civic.ThingKind, handle func(http.ResponseWriter, *http.Request, request) error) serve.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		in, err := h.request(r)
		if err == nil && in.thing.Kind != kind {
			err = notFound(r)
		}
		if err != nil {
			return err
		}
		return handle(w, r, in)
	}
}

func notFound(r *http.Request) error {
	return fmt.Errorf("thing %q: %w", r.PathValue("id"), civic.ErrNotFound)
}

// path returns the path of the page of the thing.
func (in request) path() string {
	return fmt.Sprintf("/d/%s/%s/%d", in.d.Slug, in.thing.Kind.Plural(), in.thing.ID)
}

// add stores a report, once for each key unless that is "", and returns its id.
func (h handlers) add(r *http.Request, in request, key civic.RequestKey, text string, report civic.NewReport) (int64, error) {
	report.Language = in.reader.Lang
	c := civic.Command{Action: civic.Report, Things: []int64{in.thing.ID}, Text: text, Report: report}
	if key != "" {
		request := civic.NewReportRequest(key, in.thing.ID, text, report)
		c.Request = &request
	}
	out, err := h.Store.Do(r.Context(), in.d, in.actor, c)
	if errors.Is(err, civic.ErrConflict) { // hidden since it was read
		err = notFound(r)
	}
	return out.Report, err
}
