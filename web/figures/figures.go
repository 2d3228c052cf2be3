// Package figures keeps the figures behind what a thing says, as a diagnosis: how many
// pins there were of which categories in which areas, and whether a hexagon was a
// hotspot. They are computed from what is published when the thing is saved, frozen
// beside its texts, shown from there alone, and can be compared with those of today.
//
// It serves kinds of things that have the fields question, the parameters of a filter,
// and figures, of the type civic.FrozenField.
package figures

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/hotspots"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the template, the texts and the part of the contract.
//
//go:embed templates/*.html locales/*.json openapi.yaml
var Files embed.FS

// The names of the fields.
const (
	questionField = "question"
	figuresField  = "figures"
)

// Store is what figures need of the database.
type Store interface {
	HexOnlyCounts(ctx context.Context, d *civic.District, q civic.HexOnlyQuery) ([]civic.HexOnlyCount, error)
	Thing(ctx context.Context, d *civic.District, id int64) (civic.Described, error)
	Do(ctx context.Context, d *civic.District, actor civic.Actor, c civic.Command) (civic.Outcome, error)
}

// Hotspots computes what the statistic says of a cell.
type Hotspots interface {
	Verdict(ctx context.Context, v *index.Version, f civic.Filter, cell geo.Cell) (hotspots.Verdict, error)
}

// Config configures a Service. Every field is required.
type Config struct {
	*serve.Service
	Hotspots Hotspots
	Store    Store
}

// Service computes and serves figures. Use New to create one.
type Service struct{ Config }

// New returns the service of a configuration.
func New(cfg Config) *Service { return &Service{cfg} }

// Routes returns the routes of figures.
func (f *Service) Routes() []serve.Route {
	const path, api = "/d/{district}/things/{id}/figures", "/api/v1/districts/{district}/things/{id}/figures"
	return []serve.Route{
		serve.Page("POST", path, serve.SignedIn, serve.Write, f.computeAgain),
		serve.API("GET", api, serve.Public, serve.Read, f.compare),
		serve.API("POST", api, serve.SignedIn, serve.Write, f.replace),
	}
}

// Complete sets the figures of a draft that has a question: those of before, if the
// question is the same. It is the Complete of a things.Kind.
func (f *Service) Complete(r *http.Request, v *index.Version, draft *things.Draft, former civic.Described) error {
	was, _ := former.Content.(civic.Record)
	if draft.Words[questionField] == "" {
		delete(draft.Words, figuresField)
		return nil
	}
	q, err := parseQuestion(draft.Words[questionField], &v.District)
	if err != nil {
		return err
	}
	draft.Words[questionField] = q.String()
	if was.Words[questionField] == q.String() && was.Words[figuresField] != "" {
		return nil
	}
	draft.Words[figuresField], err = f.frozen(r.Context(), v, q)
	return err
}

// Kind returns a kind whose page has the figures, and nothing else beyond the common one.
func (f *Service) Kind(kind civic.ThingKind) things.Kind {
	return things.Kind{Kind: kind, Template: "figured_page", Complete: f.Complete, Extra: func(_ *http.Request, reader *page.Reader, in things.Shown) (any, error) {
		return f.View(reader, in.Version, in.Actor, in.Thing)
	}}
}

// Freeze returns a question in its usual form, and the figures that answer it as they
// are stored, for programs that add a thing without a request.
func (f *Service) Freeze(ctx context.Context, v *index.Version, question string) (normal, figures string, err error) {
	q, err := parseQuestion(question, &v.District)
	if err != nil {
		return "", "", err
	}
	figures, err = f.frozen(ctx, v, q)
	return q.String(), figures, err
}

// frozen returns the figures of a question as they are stored.
func (f *Service) frozen(ctx context.Context, v *index.Version, q question) (string, error) {
	out, err := f.compute(ctx, v, q)
	if err != nil {
		return "", err
	}
	b, err := json.Marshal(out)
	if err != nil {
		return "", fmt.Errorf("encode figures: %w", err)
	}
	return string(b), nil
}

// Of returns the figures of a thing as they were frozen, or nil if it has none.
func Of(t civic.Described) (*Figures, error) {
	r, _ := t.Content.(civic.Record)
	if r.Words[figuresField] == "" {
		return nil, nil
	}
	var out Figures
	if err := json.Unmarshal([]byte(r.Words[figuresField]), &out); err != nil {
		return nil, fmt.Errorf("decode the figures of thing %d: %w", t.ID, err)
	}
	return &out, nil
}
