// Package ideas has what ideas and themes have beyond the common pages of things: a
// page on which what was said or written at an event is typed in, one on which its ideas
// are grouped into themes, and a form that merges an idea into another one.
package ideas

import (
	"context"
	"embed"
	"errors"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/maps"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the templates and the texts.
//
//go:embed templates/*.html locales/*.json
var Files embed.FS

// Store is what the pages need of the database.
type Store interface {
	Do(ctx context.Context, d *civic.District, actor civic.Actor, c civic.Command) (civic.Outcome, error)
	Thing(ctx context.Context, d *civic.District, id int64) (civic.Described, error)
	Things(ctx context.Context, d *civic.District, q civic.ThingQuery) ([]civic.Described, error)
	Links(ctx context.Context, d *civic.District, things []int64) (civic.Linked, error)
	Places(ctx context.Context, d *civic.District, q civic.PlaceQuery) ([]civic.FoundPlace, error)
	CountBallots(ctx context.Context, d *civic.District, event int64) (civic.WeighingResult, error)
}

// Config configures the handlers. Every field is required where their pages are served.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Maps  *maps.Maps
	Store Store
}

type handlers struct{ Config }

// Kind returns the kind of ideas.
func Kind(cfg Config) things.Kind {
	return things.Kind{
		Kind: civic.IdeaThing, Complete: handlers{cfg}.complete,
		Forms: map[civic.Action]string{civic.Merge: "merge"},
	}
}

// complete says of a new idea without a source that somebody has sent it in, and of one
// that does not say where it is that it is in the area of its event, whose animator reads
// it.
func (h handlers) complete(r *http.Request, v *index.Version, draft *things.Draft, former civic.Described) error {
	if former.ID != 0 {
		return nil
	}
	if draft.Words["source"] == "" {
		draft.Words["source"] = civic.OnlineIdea
	}
	for _, id := range draft.Named("at") {
		event, err := h.Store.Thing(r.Context(), &v.District, id)
		if err != nil && !errors.Is(err, civic.ErrNotFound) {
			return err
		}
		draft.RecordDraft = inAreaOf(&v.District, draft.RecordDraft, event.Thing)
	}
	return nil
}

// inAreaOf returns a draft that is in the area of an event, unless it says where it is.
func inAreaOf(d *civic.District, draft civic.RecordDraft, event civic.Thing) civic.RecordDraft {
	if a, ok := d.AreaByID(event.AreaID); ok && draft.Point == nil && draft.Words["area"] == "" {
		draft.Words["area"] = a.Slug
	}
	return draft
}

// Routes returns the routes of ideas and themes beyond those of all things.
func Routes(cfg Config) []serve.Route {
	h := handlers{cfg}
	const event = "/d/{district}/events/{id}"
	merge, enter, group := serve.For(civic.Merge).On(civic.IdeaThing), serve.For(civic.Edit).On(civic.IdeaThing), serve.For(civic.Edit).On(civic.ThemeThing)
	return []serve.Route{
		serve.Page("GET", "/d/{district}/ideas/{id}/merge", merge, serve.Read, h.mergeForm).WithQuery(serve.Parameters{Single: []string{"q"}}),
		serve.Page("POST", "/d/{district}/ideas/{id}/merge", merge, serve.Write, h.submitMerge),
		serve.Page("GET", event+"/ideas/enter", enter, serve.Read, h.entryForm).WithQuery(serve.Parameters{Single: []string{"source", "sheet"}}),
		serve.Page("POST", event+"/ideas/enter", enter, serve.Write, h.enter),
		serve.Page("GET", event+"/grouping", group, serve.Read, h.grouping).WithQuery(serve.Parameters{Single: []string{"moved"}}),
		serve.Page("POST", event+"/grouping", group, serve.Write, h.group),
	}
}

// Also returns the pages about an event for whoever may type in its ideas and group them.
func Also(cfg Config) func(*page.Reader, things.Shown) []things.Begin {
	return func(reader *page.Reader, in things.Shown) (out []things.Begin) {
		d := &in.Version.District
		if in.Thing.Kind != civic.EventThing || in.Thing.Publication != civic.Published {
			return nil
		}
		path := things.Path(d, civic.EventThing, in.Thing.ID)
		if may(in.Actor, civic.Edit, civic.IdeaThing, in.Thing.Thing, cfg.Service) == nil {
			out = append(out, things.Begin{URL: path + "/ideas/enter", Label: reader.Text("idea.enter.link")})
		}
		if may(in.Actor, civic.Edit, civic.ThemeThing, in.Thing.Thing, cfg.Service) == nil {
			out = append(out, things.Begin{URL: path + "/grouping", Label: reader.Text("idea.grouping.link")})
		}
		return out
	}
}

// may returns nil if the actor may take an action on things of a kind where an event is.
func may(actor civic.Actor, action civic.Action, kind civic.ThingKind, event civic.Thing, s *serve.Service) error {
	return civic.Can(actor, action, civic.Thing{DistrictID: event.DistrictID, Kind: kind, AreaID: event.AreaID}, s.Now())
}

// request is what the handlers have to know of a request about a thing.
type request struct {
	version *index.Version
	d       *civic.District
	actor   civic.Actor
	reader  *page.Reader
	thing   civic.Described
}

// path returns the path of the page of the thing.
func (in request) path() string { return things.Path(in.d, in.thing.Kind, in.thing.ID) }

// request returns the thing of a kind in the path of a request, for somebody who may
// take an action on things of another kind where it is.
func (h handlers) request(r *http.Request, kind civic.ThingKind, action civic.Action, of civic.ThingKind) (in request, err error) {
	if in.version, err = h.District(r); err != nil {
		return in, err
	}
	in.d = &in.version.District
	if in.actor, err = serve.ActorOf(r.Context()); err != nil {
		return in, err
	}
	in.reader = h.Pages.Reader(r, in.d)
	if in.thing, _, err = things.KnownInPath(r, h.Store, in.d, kind, in.actor, h.Now()); err != nil {
		return in, err
	}
	return in, may(in.actor, action, of, in.thing.Thing, h.Service)
}

// mostOfEvent is how many ideas or themes of an event its pages show.
const mostOfEvent = 1000

// partsOf returns the ideas or the themes of an event that the actor may know, the
// newest first.
func (h handlers) partsOf(r *http.Request, in request, kind civic.ThingKind, linked civic.Linked) ([]civic.Described, error) {
	var ids []int64
	for _, l := range linked.Links {
		end := linked.Other(l, in.thing.ID)
		if l.Relation == civic.PartOf && l.To == in.thing.ID && end.Kind == kind && isOpen(end.Thing) && civic.CanKnow(in.actor, end.Thing, false, h.Now()) {
			ids = append(ids, end.ID)
		}
	}
	if ids == nil {
		return nil, nil
	}
	return h.Store.Things(r.Context(), in.d, civic.ThingQuery{Kind: kind, IDs: ids, Limit: mostOfEvent})
}

// isOpen reports whether a thing is public or waits for that.
func isOpen(t civic.Thing) bool {
	return t.Publication == civic.Published || t.Publication == civic.Pending
}
