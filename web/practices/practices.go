// Package practices proposes know-how that was brought home where somebody writes a
// diagnosis or begins an initiative, and adds to the page of a practice where it is
// used.
package practices

import (
	"context"
	"embed"
	"fmt"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the templates and the texts.
//
//go:embed templates/*.html locales/*.json
var Files embed.FS

// Store is what practices need of the database.
type Store interface {
	LinkEnds(ctx context.Context, d *civic.District, ids []int64) (map[int64]civic.LinkEnd, error)
	Links(ctx context.Context, d *civic.District, things []int64) (civic.Linked, error)
	Things(ctx context.Context, d *civic.District, q civic.ThingQuery) ([]civic.Described, error)
}

// Config configures the pages and the proposals. Every field is required where they
// are served.
type Config struct {
	*serve.Service
	Store Store
}

// Kind returns the kind of practices with its page.
func Kind(cfg Config) things.Kind {
	return things.Kind{Kind: civic.PracticeThing, Template: "practice_page", Extra: func(r *http.Request, reader *page.Reader, in things.Shown) (any, error) {
		return cfg.view(r, reader, in)
	}}
}

// View is what the template practice_page.html needs beyond the common view.
type View struct {
	Uses  []Use  // the newest first
	Begin string // path of the form of an initiative that uses it; "" for those who may not begin one
}

// Use is a public thing that names a practice.
type Use struct {
	Title, URL string
	Kind       string // what it is
	State      string // how it stands; "" for what has no states
}

func (cfg Config) view(r *http.Request, reader *page.Reader, in things.Shown) (View, error) {
	d := &in.Version.District
	var view View
	linked, err := cfg.Store.Links(r.Context(), d, []int64{in.Thing.ID})
	if err != nil {
		return view, err
	}
	for i := len(linked.Links) - 1; i >= 0; i-- {
		other := linked.Other(linked.Links[i], in.Thing.ID)
		if other.Publication != civic.Published || other.HexOnly {
			continue
		}
		use := Use{Title: other.Title, URL: things.Path(d, other.Kind, other.ID), Kind: reader.Text(other.Kind.Plural() + ".one")}
		if other.State != "" {
			use.State = reader.Text(things.StateKey(other.Kind, other.State))
		}
		view.Uses = append(view.Uses, use)
	}
	if in.Thing.Publication == civic.Published && civic.CanSomewhere(in.Actor, civic.Submit, civic.InitiativeThing, d.ID, cfg.Now()) == nil {
		view.Begin = fmt.Sprintf("%s/new?uses=%d", things.Path(d, civic.InitiativeThing, 0), in.Thing.ID)
	}
	return view, nil
}
