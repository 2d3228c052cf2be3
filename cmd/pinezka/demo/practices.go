package demo

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/pinezka/pinezka/civic"
)

//go:embed practices.json
var practicesFile []byte

// Practices returns know-how from elsewhere, which is made up.
func Practices() (practices []civic.RecordDraft, err error) {
	var all []struct {
		Name, Article, Origin, Needs, Conditions, Effect civic.Text

		Cost       string
		CostNote   civic.Text `json:"cost_note"`
		Categories []string
	}
	if err := json.Unmarshal(practicesFile, &all); err != nil {
		return nil, fmt.Errorf("read the practices of the demo district: %w", err)
	}
	for _, p := range all {
		practices = append(practices, civic.RecordDraft{Kind: civic.PracticeThing, Values: civic.Values{
			Texts: map[string]civic.Text{
				"name": p.Name, "article": p.Article, "origin": p.Origin, "cost_note": p.CostNote, "needs": p.Needs, "conditions": p.Conditions, "effect": p.Effect,
			},
			Words: map[string]string{"cost": p.Cost},
			Lists: map[string][]string{"categories": p.Categories},
		}})
	}
	return practices, nil
}
