// Package recommendations has what recommendations have beyond the common pages of
// things: paragraphs with addresses, the comments on them and the reply to each, a
// form that records the reply, and the numbers of the register.
package recommendations

import (
	"context"
	"embed"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/figures"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the templates and the texts.
//
//go:embed templates/*.html locales/*.json
var Files embed.FS

// Store is what recommendations need of the database.
type Store interface {
	Do(ctx context.Context, d *civic.District, actor civic.Actor, c civic.Command) (civic.Outcome, error)
	Thing(ctx context.Context, d *civic.District, id int64) (civic.Described, error)
	Things(ctx context.Context, d *civic.District, q civic.ThingQuery) ([]civic.Described, error)
	Links(ctx context.Context, d *civic.District, things []int64) (civic.Linked, error)
	PublicTimes(ctx context.Context, d *civic.District, ids []int64) (map[int64]civic.PublicTimes, error)
	Recommended(ctx context.Context, d *civic.District) ([]civic.Recommended, error)
}

// Config configures the handlers of recommendations. Every field is required where
// their pages are served.
type Config struct {
	*serve.Service
	Pages   *page.Renderer
	Store   Store
	Figures *figures.Service
}

type handlers struct{ Config }

// Kind returns the kind of recommendations.
func Kind(cfg Config) things.Kind {
	h := handlers{cfg}
	return things.Kind{
		Kind: civic.RecommendationThing, Template: "recommendation_page", Extra: h.extra, Comments: true, Summary: h.summary, Complete: h.complete,
		Prefill: h.prefill, Prefills: []string{"answers"},
		Forms: map[civic.Action]string{civic.AcceptReply: "reply", civic.AcceptInPart: "reply", civic.Reject: "reply"},
	}
}

// Comments returns the kind of comments, which are shown with the paragraphs.
func Comments(cfg Config) things.Kind {
	return things.Kind{Kind: civic.CommentThing, Home: handlers{cfg}.home}
}

// Routes returns the routes of recommendations beyond those of all things.
func Routes(cfg Config) []serve.Route {
	h := handlers{cfg}
	const pages = "/d/{district}/recommendations"
	reply := serve.For(civic.AcceptReply).On(civic.RecommendationThing)
	routes := []serve.Route{
		serve.Page("GET", pages+"/{id}/reply", reply, serve.Read, h.replyForm),
		serve.Page("POST", pages+"/{id}/reply", reply, serve.Write, h.submitReply),
	}
	for _, format := range sheets.Formats() {
		routes = append(routes, serve.Page("GET", pages+"/numbers."+string(format), serve.Public, serve.Read, h.file(format)).WithQuery(serve.Parameters{Single: []string{"lang"}}))
	}
	return routes
}
