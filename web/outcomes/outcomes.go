// Package outcomes serves what came of what people said: the newest of all kinds of
// things, the way to the register of each kind, and one search over all of them.
package outcomes

import (
	"context"
	"embed"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the templates, the texts and the part of the contract.
//
//go:embed templates/*.html locales/*.json openapi.yaml
var Files embed.FS

// Store is what the search needs of the database.
type Store interface {
	SearchThings(ctx context.Context, d *civic.District, q civic.SearchQuery) ([]civic.SearchHit, error)
	CountKinds(ctx context.Context, d *civic.District) (map[civic.ThingKind]int, error)
}

// Config configures the handlers. Every field is required.
type Config struct {
	*serve.Service
	Pages *page.Renderer
	Store Store
}

type handlers struct{ Config }

// Routes returns the routes of the search over all kinds.
func Routes(cfg Config) []serve.Route {
	h := handlers{cfg}
	query := serve.Parameters{Single: []string{"q", "area", "from", "to"}, Repeated: []string{"kind"}}
	return []serve.Route{
		serve.Page("GET", "/d/{district}/outcomes", serve.Public, serve.Read, h.page).WithQuery(query),
		serve.API("GET", "/api/v1/districts/{district}/search", serve.Public, serve.Read, h.api),
	}
}

// mostHits is how many things a search returns.
const mostHits = 60

// parseQuery returns what the parameters of a search select.
func parseQuery(d *civic.District, q url.Values) (civic.SearchQuery, error) {
	words, err := serve.ParseWords(q)
	if err != nil {
		return civic.SearchQuery{}, err
	}
	out := civic.SearchQuery{Words: strings.TrimSpace(words), Limit: mostHits}
	for _, name := range q["kind"] {
		kind, err := civic.ParseThingKind(name)
		if err != nil || !slices.Contains(civic.SearchableKinds(), kind) {
			return out, serve.BadParameter("kind", "must be a kind, such as pin or initiative")
		}
		out.Kinds = append(out.Kinds, kind)
	}
	if q.Has("area") {
		a, ok := d.Area(q.Get("area"))
		if !ok {
			return out, serve.BadParameter("area", "must be the slug of an area")
		}
		out.AreaID = a.ID
	}
	if q.Has("from") {
		if out.From, _, err = civic.ParsePeriod(q.Get("from")); err != nil {
			return out, serve.BadParameter("from", "must be a month (YYYY-MM) or a day (YYYY-MM-DD)")
		}
	}
	if q.Has("to") {
		if _, out.To, err = civic.ParsePeriod(q.Get("to")); err != nil || out.To < out.From {
			return out, serve.BadParameter("to", "must be a month (YYYY-MM) or a day (YYYY-MM-DD), not before from")
		}
	}
	if out.Words == "" && out.Kinds == nil {
		out.Kinds = civic.OutcomeKinds()
	}
	return out, nil
}

// hitJSON is a thing that was found.
type hitJSON struct {
	ID    int64        `json:"id"`
	Kind  string       `json:"kind"`
	Title string       `json:"title"`
	State *string      `json:"state"` // null for a kind without
	Area  *string      `json:"area"`  // slug; null outside all areas
	Day   *civic.Day   `json:"day"`   // null if it is unknown
	Links []serve.Link `json:"links"`
}

func (h handlers) api(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	q, err := parseQuery(d, r.URL.Query())
	if err != nil {
		return err
	}
	hits, err := h.Store.SearchThings(r.Context(), d, q)
	if errors.Is(err, civic.ErrTooMany) {
		return serve.BadParameter("q", "must be more specific: the search took too long")
	}
	if err != nil {
		return err
	}
	out := struct {
		Returned int       `json:"numberReturned"`
		Things   []hitJSON `json:"things"`
	}{len(hits), []hitJSON{}}
	for _, hit := range hits {
		j := hitJSON{ID: hit.ID, Kind: hit.Kind.String(), Title: hit.Title, Links: []serve.Link{
			{Rel: "alternate", Href: things.Path(d, hit.Kind, hit.ID), Type: "text/html"},
		}}
		if hit.State != "" {
			state := hit.State.String()
			j.State = &state
		}
		if a, ok := d.AreaByID(hit.AreaID); ok {
			j.Area = &a.Slug
		}
		if hit.Day != 0 {
			j.Day = &hit.Day
		}
		out.Things = append(out.Things, j)
	}
	return h.SendJSON(w, r, serve.TypeJSON, serve.NoCache, out)
}
