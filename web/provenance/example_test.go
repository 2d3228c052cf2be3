package provenance_test

import (
	"encoding/json"
	"fmt"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/provenance"
)

// A figure is published with what it was computed from.
func ExampleOf() {
	v := index.New(civic.District{Areas: []civic.Area{{ID: 1, Slug: "west", Version: 2}}}, new(index.Rows), index.Config{})
	p := provenance.Of(v, civic.Filter{From: 20454, Until: 20635}, 312, "gi*-1")
	p.Cells, p.Resolution, p.Distance = 214, 9, 1
	b, err := json.Marshal(p)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(string(b))
	texts, err := i18n.Load(page.Files, provenance.Files)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.Sentence(texts.Messages("en")))
	// Output:
	// {"kind":"public","pins":312,"period":{"from":"2026-01-01","to":"2026-06-30"},"cells":214,"resolution":9,"k":1,"method":"gi*-1","dataset_version":1,"boundary_versions":{"west":2}}
	// Computed from 312 published pins. Reported from 1 January 2026 to 30 June 2026. 214 hexagons (H3, resolution 9), those without pins included. Hexagons up to 1 step apart are neighbours. Method gi*-1, version 1 of the data, version 2 of the boundaries.
}
