// Package things serves things of all kinds but pins: for every kind a register,
// the page of a thing with its thread, the form that adds or edits one, the actions
// on it, and the same through the API. All of it follows from the rules of the kind
// (civic.KindRules); a kind brings its texts, and a page of its own where the
// common one is not enough.
package things

import (
	"context"
	"embed"
	"net/http"
	"slices"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/maps"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
)

// Files contains the templates, the texts and the part of the contract that all
// kinds share.
//
//go:embed templates/*.html locales/*.json openapi.yaml
var Files embed.FS

// Kind is a kind of things with what it has beyond the common pages. Its texts have
// keys that begin with its plural.
type Kind struct {
	Kind civic.ThingKind

	// Template is the page of a thing; by default thing_page. It shows the template
	// thing_main, and may define again what _thing_parts.html says may be.
	Template string

	// OwnButtons are the actions whose buttons the template shows in a place of their own.
	OwnButtons []civic.Action

	// Parameters are those that the page of a thing reads from its query.
	Parameters []string

	// Extra returns what the template needs beyond the common view; nil for nothing.
	Extra func(r *http.Request, reader *page.Reader, in Shown) (any, error)

	// Prefill completes the draft of the form for a new thing from parameters of its
	// query, which Prefills names, where one is given, and returns a sentence about
	// that; nil for nothing.
	Prefill  func(r *http.Request, reader *page.Reader, v *index.Version, draft *Draft) (note string, err error)
	Prefills []string

	// Propose returns things that the fields of links of a draft could name, the best
	// first; nil for none. The form offers them.
	Propose func(r *http.Request, reader *page.Reader, v *index.Version, draft *Draft) ([]Proposal, error)

	// Summary returns what stands above the register; nil for nothing.
	Summary func(r *http.Request, reader *page.Reader, v *index.Version) (*Summary, error)

	// Home returns the path of the page on which a thing of the kind is shown, and
	// where, since it has none of its own; nil for one that has.
	Home func(r *http.Request, d *civic.District, t civic.Thing) (path, anchor string, err error)

	// Forms are the actions that have a form of their own, with the last element of
	// its path, which is also the end of the key of its label.
	Forms map[civic.Action]string

	// Shows reports whether the template lists a thing that is linked to the one of the
	// page, so that the common lists leave it out; nil for none.
	Shows func(t civic.Described, end civic.LinkEnd) bool

	// Comments is whether the template shows the comments on a thing.
	Comments bool

	// First are the fields with which the form for a new thing begins, with the place:
	// before it shows the others, it shows what Known returns for them. nil for a form
	// of one step.
	First []string

	// Known returns what everybody can read already about what a draft says, the best
	// first; nil for nothing.
	Known func(r *http.Request, reader *page.Reader, v *index.Version, draft *Draft) ([]Known, error)

	// Find returns the ids of the things for which parameters of the query of the
	// register look, which Finds names, the best first; nil for none.
	Find  func(r *http.Request, v *index.Version) ([]int64, error)
	Finds []string

	// Sent is the path below the register of the page that thanks whoever has submitted a
	// thing that they may not open; "" for a kind without.
	Sent string

	// Complete changes a draft before it is checked, such as by figures that it is
	// to have; nil for nothing. former is the zero value for a new thing.
	Complete func(r *http.Request, v *index.Version, draft *Draft, former civic.Described) error
}

// Known is something that everybody can read already.
type Known struct{ Title, Lang, Text, URL string }

// Proposal is a thing that a field of links could name.
type Proposal struct {
	Field   string
	Thing   int64
	Kind    civic.ThingKind
	PinKind civic.Kind // of a pin
	Title   string
	Reason  string
}

// Label returns what the thing is, in the language of the reader.
func (p Proposal) Label(reader *page.Reader) string { return reader.Text(kindKey(p.Kind, p.PinKind)) }

// Shown is a thing that a page shows, with what is known of it to the reader.
type Shown struct {
	Version *index.Version
	Actor   civic.Actor
	Thing   civic.Described
	Thread  civic.Thread // as far as the reader may know it
}

// Plural returns the name of the kind in addresses and in the keys of messages.
func (k Kind) Plural() string { return k.Kind.Plural() }

// Layer returns the layer of the map with the things of the kind that have a place.
func (k Kind) Layer() maps.ThingLayer {
	layer := maps.ThingLayer{Kind: k.Kind, Plural: k.Plural()}
	for _, f := range k.Kind.Rules().Fields {
		if f.Type.IsByLanguage() {
			layer.Fields = append(layer.Fields, f.Name)
		}
	}
	return layer
}

// HasLayer reports whether things of the kind can be on the map.
func (k Kind) HasLayer() bool {
	return k.Kind.Rules().Place != civic.Absent && !k.Kind.Rules().Private
}

// Path returns the path of the register of the kind, or of the thing with the id.
func (k Kind) Path(d *civic.District, id int64) string { return Path(d, k.Kind, id) }

// Path returns the path of the register of a kind, or of the thing with the id.
func Path(d *civic.District, kind civic.ThingKind, id int64) string {
	path := "/d/" + d.Slug + "/" + kind.Plural()
	if id != 0 {
		path += "/" + strconv.FormatInt(id, 10)
	}
	return path
}

// Store is what things need of the database.
type Store interface {
	Do(ctx context.Context, d *civic.District, actor civic.Actor, c civic.Command) (civic.Outcome, error)
	Thing(ctx context.Context, d *civic.District, id int64) (civic.Described, error)
	Things(ctx context.Context, d *civic.District, q civic.ThingQuery) ([]civic.Described, error)
	Links(ctx context.Context, d *civic.District, things []int64) (civic.Linked, error)
	LinkEnds(ctx context.Context, d *civic.District, ids []int64) (map[int64]civic.LinkEnd, error)
	FindLinkEnds(ctx context.Context, d *civic.District, q civic.LinkQuery) ([]civic.LinkEnd, error)
	Thread(ctx context.Context, d *civic.District, id int64) (civic.Thread, error)
	Versions(ctx context.Context, d *civic.District, t civic.Thing) ([]civic.Version, error)
	MergedInto(ctx context.Context, d *civic.District, id int64) (int64, error)
}

// Also returns the pages of another subject about a thing that its reader may open; nil
// for none.
type Also func(*page.Reader, Shown) []Begin

// Config configures the handlers of things. Every field but Also is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Maps  *maps.Maps
	Store Store
	Also  []Also
}

type handlers struct {
	Config
	Kind
}

// Routes returns the routes of a kind of things.
func Routes(cfg Config, kind Kind) []serve.Route {
	h := handlers{cfg, kind}
	pages, api := "/d/{district}/"+kind.Plural(), "/api/v1/districts/{district}/"+kind.Plural()
	submit, edit := serve.For(civic.Submit).On(kind.Kind), serve.For(civic.Edit).On(kind.Kind)
	if kind.isForAnybody() {
		submit = serve.Public
	}
	if slices.Contains(kind.Kind.Rules().Roles[civic.Edit], civic.Reporter) {
		edit = serve.SignedIn // of which thing somebody is the reporter, only the thing says
	}
	filters := serve.Parameters{Single: append(kind.filterNames(), "after")}
	files := serve.Parameters{Single: append(kind.filterNames(), "lang")}
	list, one := serve.Public, serve.Public
	if kind.Kind.Rules().Private {
		list, one = edit, serve.SignedIn
	}
	filters.Single = append(filters.Single, kind.Finds...)
	listed := filters
	if kind.HasLayer() {
		listed.Single = slices.Concat(listed.Single, []string{"bbox", "ids"})
	}
	routes := []serve.Route{
		serve.Page("GET", pages+".geojson", list, serve.Read, h.geoJSON).WithQuery(files),
		serve.Page("GET", pages, list, serve.Read, h.listPage).WithQuery(filters),
		serve.Page("GET", pages+"/new", submit, serve.Read, h.newForm).WithQuery(kind.prefills()),
		serve.Page("POST", pages+"/new", submit, serve.Write, h.submitForm),
		serve.Page("GET", pages+"/{id}", one, serve.Read, h.thingPage).WithQuery(serve.Parameters{Single: append([]string{"done"}, kind.Parameters...)}),
		serve.Page("GET", pages+"/{id}/versions", one, serve.Read, h.versionsPage).WithQuery(serve.Parameters{Single: []string{"before", "after"}}),
		serve.Page("GET", pages+"/{id}/edit", edit, serve.Read, h.editForm),
		serve.Page("POST", pages+"/{id}/edit", edit, serve.Write, h.submitEdit),
		serve.Page("POST", pages+"/{id}/actions", serve.SignedIn, serve.Write, h.act),
		serve.API("GET", api, list, serve.Read, h.list).WithQuery(listed),
		serve.API("POST", api, submit, serve.Write, h.create),
		serve.API("GET", api+"/{id}", one, serve.Read, h.get),
		serve.API("PUT", api+"/{id}", edit, serve.Write, h.replace),
	}
	for _, format := range sheets.Formats() {
		routes = append(routes, serve.Page("GET", pages+"."+string(format), list, serve.Read, h.file(format)).WithQuery(files))
	}
	return routes
}

// prefills returns the parameters of a form for a new thing: what it is to be
// linked to, and words that it is to have.
func (k Kind) prefills() serve.Parameters {
	p := serve.Parameters{Single: slices.Clone(k.Prefills)}
	for _, l := range k.Kind.Rules().Links {
		p.Single = append(p.Single, l.Field)
	}
	for _, f := range k.Kind.Rules().Fields {
		if !f.IsComputed() && !f.Own && (f.Type == civic.WordField || f.Type == civic.QueryField || f.Type == civic.AreaField || f.Type == civic.WardField || f.Type == civic.ChoiceField) {
			p.Single = append(p.Single, f.Name)
		}
	}
	return p
}

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
// edit it; the thing itself with it, which must then not be shown.
func (h handlers) thing(r *http.Request) (request, civic.Described, error) {
	in, err := h.request(r)
	if err != nil {
		return in, civic.Described{}, err
	}
	t, _, err := KnownInPath(r, h.Store, in.d, h.Kind.Kind, in.actor, h.Now())
	return in, t, err
}

// canKnow reports whether the actor may know of a thing.
func (h handlers) canKnow(actor civic.Actor, t civic.Thing, hexOnly bool) bool {
	return civic.CanKnow(actor, t, hexOnly, h.Now())
}
