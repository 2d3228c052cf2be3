// Package diagnoses has what diagnoses have beyond the pages that all kinds of things
// share: the figures behind the finding.
package diagnoses

import (
	"context"
	"embed"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/figures"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the template of the page.
//
//go:embed templates/*.html
var Files embed.FS

// Store is what diagnoses need of the database.
type Store interface {
	Pins(ctx context.Context, d *civic.District, q civic.PinQuery) (civic.PinPage, error)
}

// Config configures the kind. Every field is required where its pages are served.
type Config struct {
	*serve.Service
	Figures *figures.Service
	Store   Store
}

type kind struct{ Config }

// view is what the page of a diagnosis has beyond the common one.
type view struct {
	Figures *figures.View // nil for none
}

// Kind returns the kind of diagnoses.
func Kind(cfg Config) things.Kind {
	k := kind{cfg}
	return things.Kind{
		Kind: civic.DiagnosisThing, Template: "diagnosis_page", Complete: cfg.Figures.Complete,
		Prefill: k.choose, Prefills: []string{chooseParameter},
		Extra: func(_ *http.Request, reader *page.Reader, in things.Shown) (any, error) {
			shown, err := cfg.Figures.View(reader, &in.Version.District, in.Actor, in.Thing)
			return view{shown}, err
		},
	}
}
