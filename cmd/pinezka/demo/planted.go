package demo

import "github.com/pinezka/pinezka/geo"

// planted are pins of a category beside its others, for statistics to find.
type planted struct {
	Category  string   `json:"category"`
	Weight    float64  `json:"weight"`    // as that of a corpus
	Places    []string `json:"places"`    // names; default: all
	Areas     []string `json:"areas"`     // default: all
	Deviation float64  `json:"deviation"` // standard deviation of the distance from a place, in metres
	Rise      float64  `json:"rise"`      // power of the time with which their number rises; 0: it does not
}

// in returns the texts of the category for the planted pins.
func (p *planted) in(of corpus) corpus {
	of.Weight, of.Places, of.Areas, of.Hotspots = p.Weight, p.Places, p.Areas, nil
	return of
}

// heardResolution is that of the cells in which somebody is heard, or nobody.
const heardResolution geo.Resolution = 9
