// Package feeds serves Atom feeds: of the pins that a filter selects, of the things
// of a kind, and of what became of a thing.
package feeds

import (
	"bytes"
	"context"
	"embed"
	"net/http"
	"net/url"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the texts.
//
//go:embed locales/*.json
var Files embed.FS

// Store is what feeds need of the database.
type Store interface {
	Pin(ctx context.Context, d *civic.District, id int64) (civic.Pin, error)
	Pins(ctx context.Context, d *civic.District, q civic.PinQuery) (civic.PinPage, error)
	Links(ctx context.Context, d *civic.District, things []int64) (civic.Linked, error)
	LinkEnds(ctx context.Context, d *civic.District, ids []int64) (map[int64]civic.LinkEnd, error)
	FindLinkEnds(ctx context.Context, d *civic.District, q civic.LinkQuery) ([]civic.LinkEnd, error)
	Thread(ctx context.Context, d *civic.District, id int64) (civic.Thread, error)
	PublicTimes(ctx context.Context, d *civic.District, ids []int64) (map[int64]civic.PublicTimes, error)
	things.Store
}

// Config configures the handlers of feeds. Every field is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Store Store
	Kinds []things.Kind // of things other than pins
}

type handlers struct{ Config }

// Routes returns the routes of feeds.
func Routes(cfg Config) []serve.Route {
	h := handlers{cfg}
	routes := []serve.Route{
		serve.Page("GET", "/d/{district}/pins.atom", serve.Public, serve.Read, h.pins).WithQuery(serve.FilterQuery("q", "cell")),
		serve.Page("GET", "/d/{district}/pins/{id}.atom", serve.Public, serve.Read, h.pin),
	}
	for _, kind := range cfg.Kinds {
		if kind.Kind.Rules().Private {
			continue
		}
		h := thingHandlers{h, kind}
		routes = append(routes,
			serve.Page("GET", "/d/{district}/"+kind.Plural()+".atom", serve.Public, serve.Read, h.things),
			serve.Page("GET", "/d/{district}/"+kind.Plural()+"/{id}.atom", serve.Public, serve.Read, h.thing))
	}
	return routes
}

// feed is a feed in the language of a request.
type feed struct {
	atomFeed

	base       string // URL at which the public reaches the service
	configured bool   // whether that is configured, and not from the request
	id         string // prefix of the ids
	home       string // path of the district
	district   *civic.District
	reader     *page.Reader
}

// newFeed returns a feed without entries. Its page has a path with a query.
func (h handlers) newFeed(r *http.Request, d *civic.District, pagePath string) *feed {
	f := &feed{home: "/d/" + d.Slug, district: d, reader: h.Pages.Reader(r, d)}
	f.base, f.configured = h.BaseURL(r)
	f.id = tagPrefix(f.base) + f.home
	f.Lang, f.Author = f.reader.Lang, f.reader.In(d.Name)
	f.Links = []atomLink{
		{"self", typeAtom, f.base + r.URL.RequestURI()},
		{"alternate", "text/html", f.base + pagePath},
	}
	return f
}

// tagPrefix returns the beginning of the ids of whatever is served at base (RFC
// 4151). They have no other date, so that they stay when a pin changes.
func tagPrefix(base string) string {
	host := base
	if u, err := url.Parse(base); err == nil {
		host = u.Hostname()
	}
	return "tag:" + host + ",2026:"
}

// send sends the feed, or 304 when the client has it already. No cache may keep
// what has the host of the request in it.
func (h handlers) send(w http.ResponseWriter, r *http.Request, f *feed) error {
	var body bytes.Buffer
	if err := f.write(&body); err != nil {
		return err
	}
	c := serve.Content{Type: typeAtom, CacheControl: serve.NoCache, Body: body.Bytes()}
	if !f.configured {
		c.CacheControl = serve.NoStore
	}
	w.Header().Add("Vary", "Accept-Language, Cookie")
	w.Header().Set("Content-Language", f.Lang)
	return h.SendContent(w, r, c)
}

// beginning returns when a day begins in UTC.
func beginning(day civic.Day) atomTime { return atomTime(day.Time()) }

// later returns the later of two times.
func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
