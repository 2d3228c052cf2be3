// Package diagnoses has what diagnoses have beyond the pages that all kinds of things
// share: the figures behind the finding.
package diagnoses

import (
	"context"
	"embed"
	"net/http"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/figures"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/practices"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the template of the page.
//
//go:embed templates/*.html
var Files embed.FS

// Store is what diagnoses need of the database.
type Store interface {
	LinkEnds(ctx context.Context, d *civic.District, ids []int64) (map[int64]civic.LinkEnd, error)
	Links(ctx context.Context, d *civic.District, things []int64) (civic.Linked, error)
	Pins(ctx context.Context, d *civic.District, q civic.PinQuery) (civic.PinPage, error)
	Things(ctx context.Context, d *civic.District, q civic.ThingQuery) ([]civic.Described, error)
}

// Config configures the kind. Every field but Walk is required where its pages are
// served.
type Config struct {
	*serve.Service
	Figures *figures.Service
	Store   Store
	Walk    Walk // nil for straight lines

	Practices practices.Config
}

// named are the fields by which practices are proposed to a diagnosis.
var named = practices.Fields{Uses: "serves", For: "evidence"}

type kind struct{ Config }

// view is what the page of a diagnosis has beyond the common one.
type view struct {
	Figures   *figures.View // nil for none
	Practices practices.Offers
	Proposals []proposal // of what is near, to those who may edit it
	OnFoot    bool       // whether their distances are those on foot
	Actions   string     // path to which the button of a proposal leads
	Version   int32
}

// proposal is a proposal on the page.
type proposal struct {
	things.Proposal
	KindText, URL string
}

// Kind returns the kind of diagnoses.
func Kind(cfg Config) things.Kind {
	k := kind{cfg}
	return things.Kind{
		Kind: civic.DiagnosisThing, Template: "diagnosis_page", Complete: cfg.Figures.Complete,
		Prefill: k.choose, Prefills: []string{chooseParameter},
		Extra: k.view, Propose: k.propose,
	}
}

// view returns what the page of a diagnosis has beyond the common one.
func (k kind) view(r *http.Request, reader *page.Reader, in things.Shown) (any, error) {
	d := &in.Version.District
	out := view{OnFoot: k.Walk != nil, Actions: things.Path(d, in.Thing.Kind, in.Thing.ID) + "/actions", Version: in.Thing.Version}
	var err error
	if out.Figures, err = k.Figures.View(reader, in.Version, in.Actor, in.Thing); err != nil {
		return nil, err
	}
	if out.Practices, err = k.Practices.Offer(r, reader, in, named); err != nil {
		return nil, err
	}
	if !slices.Contains(civic.Offered(in.Actor, in.Thing.Thing, k.Now()), civic.AddLink) {
		return out, nil
	}
	linked, err := k.Store.Links(r.Context(), d, []int64{in.Thing.ID})
	if err != nil {
		return nil, err
	}
	draft := things.NewDraft(in.Thing, linked)
	found, err := k.near(r, reader, in.Version, &draft)
	for _, p := range found {
		out.Proposals = append(out.Proposals, proposal{p, p.Label(reader), things.Path(d, p.Kind, p.Thing)})
	}
	return out, err
}
