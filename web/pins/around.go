package pins

import (
	"net/url"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// Hotspot is the hexagon around a need that has more needs of its category than
// chance would explain.
type Hotspot struct {
	H3    string `json:"h3"`
	Class string `json:"class"` // hot or very-hot
}

// hotspotView is what the page of a need says of its hotspot.
type hotspotView struct {
	Class    string
	Sentence string
	URL      string // of the evidence
}

// newHotspotView returns what the page of p says of a hotspot, nil for none.
func newHotspotView(d *civic.District, reader *page.Reader, p civic.Pin, h *Hotspot) *hotspotView {
	if h == nil {
		return nil
	}
	query := url.Values{"category": {p.Category.Slug}, "cell": {h.H3}}
	return &hotspotView{
		Class: h.Class, Sentence: reader.Text("hotspots.need."+h.Class, "category", reader.In(p.Category.Label)),
		URL: serve.WithQuery("/d/"+d.Slug+"/hotspots", query) + "#results",
	}
}
