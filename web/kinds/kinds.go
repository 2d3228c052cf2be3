// Package kinds lists the kinds of things other than pins, and has their texts. The
// part of the contract is written from the rules of the kinds:
//
//	go test ./web/kinds -run TestContract -update
package kinds

import (
	"embed"
	"fmt"
	"io/fs"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/exchanges"
	"github.com/pinezka/pinezka/web/initiatives"
	"github.com/pinezka/pinezka/web/organisations"
	"github.com/pinezka/pinezka/web/things"
)

//go:embed */locales/*.json openapi.yaml
var files embed.FS

// All returns the kinds of things other than pins, in the order of their layers on
// the map.
func All() (all []things.Kind) {
	for _, kind := range civic.ThingKinds() {
		if kind != civic.PinThing {
			all = append(all, things.Kind{Kind: kind})
		}
	}
	return all
}

// Config configures what kinds have beyond the common pages. Every field is required.
type Config struct {
	Exchanges     exchanges.Config
	Organisations organisations.Config
	Initiatives   initiatives.Config
}

// Pages returns the kinds of All with what they have beyond the common pages.
func Pages(cfg Config) []things.Kind {
	all := All()
	for i, k := range all {
		switch k.Kind {
		case civic.AskThing, civic.OfferThing:
			all[i] = exchanges.Kind(cfg.Exchanges, k.Kind)
		case civic.OrganisationThing:
			all[i] = organisations.Kind(cfg.Organisations)
		case civic.InitiativeThing:
			all[i] = initiatives.Kind(cfg.Initiatives)
		default:
		}
	}
	return all
}

// Files returns the texts of each kind, and the part of the contract.
func Files() ([]fs.FS, error) {
	parts := []fs.FS{files}
	for _, kind := range All() {
		part, err := fs.Sub(files, kind.Plural())
		if err != nil {
			return nil, fmt.Errorf("open the texts of %s: %w", kind.Plural(), err)
		}
		parts = append(parts, part)
	}
	return parts, nil
}
