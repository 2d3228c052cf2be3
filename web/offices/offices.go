// Package offices serves the duty hours and contact points of the council and the
// programme, as a kind of things.
package offices

import (
	"embed"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/things"
)

// Files contains the texts and the part of the contract.
//
//go:embed locales/*.json openapi.yaml
var Files embed.FS

// Kind returns the kind of things that offices are.
func Kind() things.Kind {
	return things.Kind{
		Kind: civic.OfficeThing, Plural: "offices",
		Fields: []things.Field{{Name: "name", Required: true}, {Name: "purpose", Long: true}, {Name: "hours", Long: true}, {Name: "address"}},
		Accept: func(d *civic.District, in things.Draft) (civic.Content, error) {
			return d.AcceptOffice(civic.OfficeDraft{
				Name: in.Texts["name"], Purpose: in.Texts["purpose"], Hours: in.Texts["hours"], Address: in.Texts["address"], Point: in.Point,
			})
		},
		Draft: func(content civic.Content) things.Draft {
			o, _ := content.(civic.Office)
			return things.Draft{Texts: map[string]civic.Text{"name": o.Name, "purpose": o.Purpose, "hours": o.Hours, "address": o.Address}, Point: o.Point}
		},
	}
}
