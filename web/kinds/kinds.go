// Package kinds lists the kinds of things other than pins, and has their texts. The
// part of the contract is written from the rules of the kinds:
//
//	go test ./web/kinds -run TestContract -update
package kinds

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/academy"
	"github.com/pinezka/pinezka/web/advice"
	"github.com/pinezka/pinezka/web/diagnoses"
	"github.com/pinezka/pinezka/web/events"
	"github.com/pinezka/pinezka/web/exchanges"
	"github.com/pinezka/pinezka/web/groups"
	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/ideas"
	"github.com/pinezka/pinezka/web/initiatives"
	"github.com/pinezka/pinezka/web/organisations"
	"github.com/pinezka/pinezka/web/practices"
	"github.com/pinezka/pinezka/web/recommendations"
	"github.com/pinezka/pinezka/web/things"
)

//go:embed */locales/*.json openapi.yaml translator_notes.json
var files embed.FS

// Config is what kinds need beyond the common pages. The zero value suffices where
// none of their pages is served.
type Config struct {
	Diagnoses       diagnoses.Config
	Events          events.Config
	Exchanges       exchanges.Config
	Organisations   organisations.Config
	Initiatives     initiatives.Config
	Recommendations recommendations.Config
	Practices       practices.Config
	Academy         academy.Config
	Advice          advice.Config
	Ideas           ideas.Config
	Groups          groups.Config
}

// All returns the kinds of things other than pins, in the order of their layers on
// the map.
func All(cfg Config) (all []things.Kind) {
	for _, kind := range civic.ThingKinds() {
		switch kind {
		case civic.PinThing:
		case civic.DiagnosisThing:
			all = append(all, diagnoses.Kind(cfg.Diagnoses))
		case civic.EventThing:
			all = append(all, events.Kind(cfg.Events))
		case civic.AskThing, civic.OfferThing:
			all = append(all, exchanges.Kind(cfg.Exchanges, kind))
		case civic.OrganisationThing:
			all = append(all, organisations.Kind(cfg.Organisations))
		case civic.InitiativeThing, civic.PracticumThing:
			all = append(all, initiatives.Kind(cfg.Initiatives, kind))
		case civic.RecommendationThing:
			all = append(all, recommendations.Kind(cfg.Recommendations))
		case civic.CommentThing:
			all = append(all, recommendations.Comments(cfg.Recommendations))
		case civic.PracticeThing:
			all = append(all, practices.Kind(cfg.Practices))
		case civic.ProgrammeThing:
			all = append(all, academy.Programmes(cfg.Academy))
		case civic.EnrolmentThing:
			all = append(all, academy.Enrolments(cfg.Academy))
		case civic.AdviceThing:
			all = append(all, advice.Kind(cfg.Advice))
		case civic.AnswerThing:
			all = append(all, advice.Answers(cfg.Advice))
		case civic.IdeaThing:
			all = append(all, ideas.Kind(cfg.Ideas))
		case civic.QuestionThing:
			all = append(all, events.Questions(cfg.Events))
		case civic.GroupThing:
			all = append(all, groups.Kind(cfg.Groups))
		default:
			all = append(all, things.Kind{Kind: kind})
		}
	}
	return all
}

// Files returns the texts of each kind, and the part of the contract.
func Files() ([]fs.FS, error) {
	parts := []fs.FS{files}
	for _, kind := range All(Config{}) {
		part, err := fs.Sub(files, kind.Plural())
		if err != nil {
			return nil, fmt.Errorf("open the texts of %s: %w", kind.Plural(), err)
		}
		parts = append(parts, part)
	}
	return parts, nil
}

// Explain adds notes for translators on the texts that all kinds have.
func Explain(c *i18n.Catalogue) error {
	b, err := files.ReadFile("translator_notes.json")
	if err != nil {
		return fmt.Errorf("read notes for translators: %w", err)
	}
	var notes map[string]string
	if err := json.Unmarshal(b, &notes); err != nil {
		return fmt.Errorf("read notes for translators: %w", err)
	}
	for _, kind := range All(Config{}) {
		c.Explain(kind.Plural()+".", notes)
	}
	return nil
}
