// Package organisations adds to the page of an organisation what it gives, asks for
// and does together with others, and shows who works with whom: as a drawing and as a
// table.
package organisations

import (
	"context"
	"embed"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
	"github.com/pinezka/pinezka/web/upcoming"
)

// Files contains the templates, the texts and the part of the contract.
//
//go:embed templates/*.html locales/*.json openapi.yaml
var Files embed.FS

// Store is what the pages need of the database.
type Store interface {
	Network(ctx context.Context, d *civic.District) (civic.Network, error)
	upcoming.Store
	Members(ctx context.Context, d *civic.District, organisation int64) ([]string, error)
	Things(ctx context.Context, d *civic.District, q civic.ThingQuery) ([]civic.Described, error)
}

// Config configures the pages. Every field is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Store Store
}

type handlers struct{ Config }

// Routes returns the routes of the network.
func Routes(cfg Config) []serve.Route {
	h := handlers{cfg}
	return []serve.Route{
		serve.Page("GET", "/d/{district}/organisations/network", serve.Public, serve.Read, h.networkPage).WithQuery(serve.Parameters{Single: []string{"area"}}),
		serve.API("GET", "/api/v1/districts/{district}/organisations/network", serve.Public, serve.Read, h.networkAPI),
	}
}

// How much the page of an organisation lists.
const (
	mostOwned  = 20 // things of a kind
	mostEvents = 5
)

// Kind returns the kind of organisations with its page.
func Kind(cfg Config) things.Kind {
	return things.Kind{Kind: civic.OrganisationThing, Template: "organisation_page", Extra: func(r *http.Request, reader *page.Reader, in things.Shown) (any, error) {
		return cfg.profile(r, reader, in)
	}}
}

// Profile is what the template organisation_page.html needs beyond the common view.
type Profile struct {
	Members int      // with rights
	Names   []string // of them, for the staff; nil for others
	Owned   []Owned
	Events  upcoming.List
	Ties    []Tie
	Network string // path
}

// Owned is the things of a kind that belong to an organisation.
type Owned struct {
	Heading string
	Things  []Link
}

// Link is a link to a thing, with the state of that.
type Link struct{ Title, URL, State string }

// Tie is another organisation with what it has in common with this one.
type Tie struct {
	Link
	By []Link
}

func (cfg Config) profile(r *http.Request, reader *page.Reader, in things.Shown) (Profile, error) {
	d, pin := &in.Version.District, pinOf(in)
	view := Profile{Network: networkPath(d)}
	next, err := upcoming.Read(r.Context(), cfg.Store, d, civic.CalendarQuery{Organisation: in.Thing.ID}, cfg.Now(), mostEvents)
	if err != nil {
		return view, err
	}
	view.Events = upcoming.NewList(d, reader, next, url.Values{"organisation": {strconv.FormatInt(in.Thing.ID, 10)}})
	if pin == 0 {
		return view, nil
	}
	names, err := cfg.Store.Members(r.Context(), d, pin)
	if err != nil {
		return view, err
	}
	view.Members = len(names)
	if civic.Can(in.Actor, civic.Publish, in.Thing.Thing, cfg.Now()) == nil {
		view.Names = names
	}
	for _, kind := range []civic.ThingKind{civic.OfferThing, civic.AskThing, civic.InitiativeThing} {
		found, err := cfg.Store.Things(r.Context(), d, civic.ThingQuery{Kind: kind, OwnerID: pin, Publications: []civic.Publication{civic.Published}, Limit: mostOwned})
		if err != nil {
			return view, err
		}
		owned := Owned{Heading: reader.Text(kind.Plural() + ".heading")}
		for _, t := range found {
			owned.Things = append(owned.Things, Link{t.Title, things.Path(d, kind, t.ID), reader.Text(things.StateKey(kind, t.State))})
		}
		if owned.Things != nil {
			view.Owned = append(view.Owned, owned)
		}
	}
	network, err := cfg.Store.Network(r.Context(), d)
	if err != nil {
		return view, err
	}
	for _, t := range network.Ties {
		if other := t.A + t.B - pin; t.A == pin || t.B == pin {
			i := slices.IndexFunc(network.Organisations, func(o civic.NetworkOrganisation) bool { return o.ID == other })
			view.Ties = append(view.Ties, Tie{Link{Title: network.Organisations[i].Title, URL: things.Path(d, civic.PinThing, other)}, links(d, t.By)})
		}
	}
	return view, nil
}

// pinOf returns the pin of the organisation of a profile, or 0.
func pinOf(in things.Shown) int64 {
	for _, l := range in.Thread.Links {
		if l.From == in.Thing.ID && l.Relation == civic.ProfileOf {
			return l.To
		}
	}
	return 0
}

func links(d *civic.District, by []civic.TieThing) (all []Link) {
	for _, t := range by {
		all = append(all, Link{Title: t.Title, URL: things.Path(d, t.Kind, t.ID)})
	}
	return all
}
