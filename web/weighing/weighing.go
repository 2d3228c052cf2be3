// Package weighing serves the page and the API with which those who take part in an event
// weigh its themes: its rules before, a ballot while it is open, and the result once it
// has ended.
package weighing

import (
	"context"
	"embed"
	"fmt"
	"net/http"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the template, the texts and the part of the contract.
//
//go:embed templates/*.html locales/*.json openapi.yaml
var Files embed.FS

// Store is what weighing needs of the database.
type Store interface {
	Do(ctx context.Context, d *civic.District, actor civic.Actor, c civic.Command) (civic.Outcome, error)
	Thing(ctx context.Context, d *civic.District, id int64) (civic.Described, error)
	Things(ctx context.Context, d *civic.District, q civic.ThingQuery) ([]civic.Described, error)
	Links(ctx context.Context, d *civic.District, things []int64) (civic.Linked, error)
	Vote(ctx context.Context, d *civic.District, event int64, v civic.Voice, b civic.Ballot) error
	Ballot(ctx context.Context, d *civic.District, event int64, v civic.Voice) (*civic.Ballot, error)
	CountBallots(ctx context.Context, d *civic.District, event int64) (civic.WeighingResult, error)
}

// Config configures the handlers. Every field is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Store Store
}

type handlers struct{ Config }

// Routes returns the routes of the page and of the API.
func Routes(cfg Config) []serve.Route {
	h := handlers{cfg}
	const path, api = "/d/{district}/events/{id}/weighing", "/api/v1/districts/{district}/events/{id}/weighing"
	return []serve.Route{
		serve.API("GET", api, serve.Public, serve.Read, h.api),
		serve.API("GET", api+"/ballot", serve.Public, serve.Read, h.apiBallot),
		serve.API("PUT", api+"/ballot", serve.Public, serve.Write, h.apiVote),
		serve.Page("GET", path, serve.Public, serve.Read, h.show).WithQuery(serve.Parameters{Single: []string{"done"}}),
		serve.Page("POST", path, serve.Public, serve.Write, h.vote),
	}
}

// pathOf returns the path of the page on which the themes of an event are weighed.
func pathOf(d *civic.District, event int64) string {
	return things.Path(d, civic.EventThing, event) + "/weighing"
}

// request is what the handlers have to know of a request.
type request struct {
	d        *civic.District
	reader   *page.Reader
	event    civic.Described
	says     civic.Record
	weighing civic.Weighing
	phase    civic.WeighingPhase
	themes   []civic.Described // the oldest first
	linked   civic.Linked      // of the themes
}

// request returns the public event in the path of a request, with its public themes. It
// returns civic.ErrNotFound for one whose themes are not weighed.
func (h handlers) request(r *http.Request) (in request, err error) {
	v, err := h.District(r)
	if err != nil {
		return in, err
	}
	in.d, in.reader = &v.District, h.Pages.Reader(r, &v.District)
	if in.event, in.says, err = things.PublicInPath(r, h.Store, in.d, civic.EventThing); err != nil {
		return in, err
	}
	in.weighing = civic.WeighingOf(in.says.RecordDraft)
	in.phase = in.weighing.Phase(in.d.LocalTimeOf(h.Now()))
	if in.phase == civic.NotWeighed {
		return in, fmt.Errorf("the weighing of event %d: %w", in.event.ID, civic.ErrNotFound)
	}
	return in, h.addThemes(r, &in)
}

// addThemes adds the public themes of the event.
func (h handlers) addThemes(r *http.Request, in *request) error {
	linked, err := h.Store.Links(r.Context(), in.d, []int64{in.event.ID})
	if err != nil {
		return err
	}
	var ids []int64
	for _, l := range linked.Links {
		if end := linked.Other(l, in.event.ID); l.Relation == civic.PartOf && end.Kind == civic.ThemeThing && end.Publication == civic.Published {
			ids = append(ids, end.ID)
		}
	}
	if ids == nil {
		return nil
	}
	if in.themes, err = h.Store.Things(r.Context(), in.d, civic.ThingQuery{Kind: civic.ThemeThing, IDs: ids, Limit: len(ids)}); err != nil {
		return err
	}
	slices.Reverse(in.themes)
	in.linked, err = h.Store.Links(r.Context(), in.d, ids)
	return err
}

func (h handlers) show(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r)
	if err != nil {
		return err
	}
	given, err := h.ballot(r, in)
	if err != nil {
		return err
	}
	return h.render(w, r, in, http.StatusOK, given, nil, nil)
}
