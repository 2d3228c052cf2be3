// Package exchanges adds to the pages of asks and offers what fits them, why, and a
// button that takes an offer up.
package exchanges

import (
	"context"
	"embed"
	"net/http"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the template and the texts.
//
//go:embed templates/*.html locales/*.json
var Files embed.FS

// Store is what the pages need of the database.
type Store interface {
	Matches(ctx context.Context, d *civic.District, thing int64) ([]civic.Match, error)
}

// Config configures the pages. Every field is required.
type Config struct {
	*serve.Service
	Store Store
}

// Kind returns the kind of asks or that of offers with its page.
func Kind(cfg Config, kind civic.ThingKind) things.Kind {
	return things.Kind{Kind: kind, Template: "exchange_page", Extra: func(r *http.Request, reader *page.Reader, in things.Shown) (any, error) {
		found, err := cfg.Store.Matches(r.Context(), &in.Version.District, in.Thing.ID)
		if err != nil {
			return nil, err
		}
		var view View
		for _, m := range found {
			view.Matches = append(view.Matches, cfg.match(reader, in, m))
		}
		return view, nil
	}}
}

// View is what the template exchange_page.html needs beyond the common view.
type View struct{ Matches []Match }

// Match is an ask or an offer that fits the one of the page.
type Match struct {
	Title, URL string
	Reasons    []string
	TakeUp     string // path to which the button is sent; "" for those who may not
	Version    int32  // of the ask
	Offer      int64
}

// match returns what fits for the reader.
func (cfg Config) match(reader *page.Reader, in things.Shown, m civic.Match) Match {
	d, other := &in.Version.District, m.Other(in.Thing.ID)
	out := Match{Title: other.Title, URL: things.Path(d, other.Kind, other.ID), Reasons: ReasonsOf(d, reader, m), Version: m.Ask.Version, Offer: m.Offer.ID}
	if civic.Can(in.Actor, civic.AddLink, m.Ask.Thing, cfg.Now()) == nil {
		out.TakeUp = things.Path(d, civic.AskThing, m.Ask.ID) + "/actions"
	}
	return out
}

// ReasonsOf returns why an offer fits an ask.
func ReasonsOf(d *civic.District, reader *page.Reader, m civic.Match) []string {
	all := []string{reader.Text("asks.option.what." + m.Ask.What)}
	const kilometre = 1000
	switch {
	case m.Metres < 0:
	case m.Metres < kilometre:
		all = append(all, reader.Text("exchange.metres", "metres", reader.Number(int(m.Metres+5)/10*10)))
	default:
		all = append(all, reader.Text("exchange.kilometres", "kilometres", reader.Decimal(m.Metres/kilometre, 1)))
	}
	switch {
	case m.From != 0 && m.From == m.Until:
		all = append(all, reader.Date(m.From))
	case m.From != 0 && m.Until != 0:
		all = append(all, reader.Date(m.From)+" – "+reader.Date(m.Until))
	case m.From != 0:
		all = append(all, reader.Text("exchange.from", "date", reader.Date(m.From)))
	case m.Until != 0:
		all = append(all, reader.Text("exchange.until", "date", reader.Date(m.Until)))
	}
	var names []string
	for _, c := range d.Categories {
		for _, id := range m.CategoryIDs {
			if c.ID == id {
				names = append(names, reader.In(c.Label))
			}
		}
	}
	if names != nil {
		all = append(all, reader.Text("exchange.categories", "categories", strings.Join(names, ", ")))
	}
	return all
}
