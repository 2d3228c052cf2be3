// Package things serves things of the staff, such as offices: for every kind a
// list, the page of a thing, the form that adds or edits one, the actions on it,
// and the same through the API. A kind brings its texts and the names of its
// fields; everything else is the same for all.
package things

import (
	"context"
	"embed"
	"fmt"
	"net/http"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/maps"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// Files contains the templates and the texts that all kinds share.
//
//go:embed templates/*.html locales/*.json openapi.yaml
var Files embed.FS

// Kind is what a kind of things brings.
type Kind struct {
	Kind   civic.ThingKind
	Plural string  // in addresses and in the keys of messages, such as "offices"
	Fields []Field // the texts, of which the first is the title
	Accept func(d *civic.District, draft Draft) (civic.Content, error)
	Draft  func(content civic.Content) Draft
}

// Layer returns the layer of the map with the things of the kind.
func (k Kind) Layer() maps.ThingLayer {
	layer := maps.ThingLayer{Kind: k.Kind, Plural: k.Plural}
	for _, f := range k.Fields {
		layer.Fields = append(layer.Fields, f.Name)
	}
	return layer
}

// Path returns the path of the list of the kind, or of the thing with the id.
func (k Kind) Path(d *civic.District, id int64) string {
	path := "/d/" + d.Slug + "/" + k.Plural
	if id != 0 {
		path += "/" + strconv.FormatInt(id, 10)
	}
	return path
}

// Field is a text of a kind, in the languages of the district.
type Field struct {
	Name     string // in forms, in the API and in the keys of messages
	Long     bool   // whether it may have several lines
	Required bool   // in the default language of the district
}

// Draft is what somebody has entered of a thing.
type Draft struct {
	Texts map[string]civic.Text // by name of the field
	Point orb.Point             // longitude, latitude; not a number if it is missing
}

// Store is what things need of the database.
type Store interface {
	Do(ctx context.Context, d *civic.District, actor civic.Actor, c civic.Command) (civic.Outcome, error)
	Thing(ctx context.Context, d *civic.District, id int64) (civic.Described, error)
	Things(ctx context.Context, d *civic.District, q civic.ThingQuery) ([]civic.Described, error)
}

// Config configures the handlers of things. Every field is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Maps  *maps.Maps
	Store Store
}

type handlers struct {
	Config
	Kind
}

// Routes returns the routes of a kind of things.
func Routes(cfg Config, kind Kind) []serve.Route {
	h := handlers{cfg, kind}
	pages, api := "/d/{district}/"+kind.Plural, "/api/v1/districts/{district}/"+kind.Plural
	submit, edit := serve.For(civic.Submit).On(kind.Kind), serve.For(civic.Edit).On(kind.Kind)
	return []serve.Route{
		serve.Page("GET", pages, serve.Public, serve.Read, h.listPage),
		serve.Page("GET", pages+"/new", submit, serve.Read, h.newForm),
		serve.Page("POST", pages+"/new", submit, serve.Write, h.submitForm),
		serve.Page("GET", pages+"/{id}", serve.Public, serve.Read, h.thingPage).WithQuery(serve.Parameters{Single: []string{"done"}}),
		serve.Page("GET", pages+"/{id}/edit", edit, serve.Read, h.editForm),
		serve.Page("POST", pages+"/{id}/edit", edit, serve.Write, h.submitEdit),
		serve.Page("POST", pages+"/{id}/actions", serve.SignedIn, serve.Write, h.act),
		serve.API("GET", api, serve.Public, serve.Read, h.list),
		serve.API("POST", api, submit, serve.Write, h.create),
		serve.API("GET", api+"/{id}", serve.Public, serve.Read, h.get),
		serve.API("PUT", api+"/{id}", edit, serve.Write, h.replace),
	}
}

// maxThings is the number of things of a kind that a list has.
const maxThings = 1000

// request is what the handlers have to know of a request.
type request struct {
	version *index.Version
	d       *civic.District
	actor   civic.Actor
}

func (h handlers) request(r *http.Request) (request, error) {
	v, err := h.District(r)
	if err != nil {
		return request{}, err
	}
	actor, err := serve.ActorOf(r.Context())
	return request{v, &v.District, actor}, err
}

// thing returns the thing in the path of the request. It returns civic.ErrNotFound
// for one of another kind, and for one that is not public unless the actor may
// edit it.
func (h handlers) thing(r *http.Request) (request, civic.Described, error) {
	in, err := h.request(r)
	if err != nil {
		return in, civic.Described{}, err
	}
	notFound := fmt.Errorf("%s %q: %w", h.Kind.Kind, r.PathValue("id"), civic.ErrNotFound)
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return in, civic.Described{}, notFound
	}
	t, err := h.Store.Thing(r.Context(), in.d, id)
	if err != nil {
		return in, civic.Described{}, err
	}
	if t.Kind != h.Kind.Kind || t.Publication != civic.Published && civic.Can(in.actor, civic.Edit, t.Thing, h.Now()) != nil {
		return in, civic.Described{}, notFound
	}
	return in, t, nil
}

// Published returns the things of the kind that are public.
func (k Kind) Published(ctx context.Context, store Store, d *civic.District) ([]civic.Described, error) {
	return store.Things(ctx, d, civic.ThingQuery{Kind: k.Kind, Publications: []civic.Publication{civic.Published}, Limit: maxThings})
}

// things returns the things of the kind that the actor may know of.
func (h handlers) things(r *http.Request, in request) ([]civic.Described, error) {
	all, err := h.Store.Things(r.Context(), in.d, civic.ThingQuery{
		Kind: h.Kind.Kind, Publications: []civic.Publication{civic.Published, civic.Pending}, Limit: maxThings,
	})
	if err != nil {
		return nil, err
	}
	var known []civic.Described
	for _, t := range all {
		if t.Publication == civic.Published || civic.Can(in.actor, civic.Edit, t.Thing, h.Now()) == nil {
			known = append(known, t)
		}
	}
	return known, nil
}
