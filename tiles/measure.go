package tiles

import (
	"unsafe"

	"github.com/pinezka/pinezka/civic"
)

// Build a version of a district from pins in memory, in any order.
func Build(d civic.District, pins []civic.MapPin) *Version {
	c := makeColumns(len(pins))
	for _, p := range pins {
		if p.DistrictID == d.ID && !p.Gone {
			c.add(p)
		}
	}
	return newVersion(0, d, c)
}

// Memory that the version takes in bytes: its columns and overviews, which grow
// with the pins, and its directories, which grow with the cells that have any.
func (v *Version) Memory() (columns, overviews, directories int) {
	const row = 8 + 4 + 4 + 8 + 2 + 1 + 2 + 2 // see columns
	columns = (v.base.len()+v.delta.len()+v.away.len())*row + len(v.base.rows)*4 + len(v.gone)*8
	for _, spots := range v.base.overviews.spots {
		overviews += cap(spots) * int(unsafe.Sizeof(spot{}))
	}
	for i := range v.base.dirs {
		d := &v.base.dirs[i]
		directories += cap(d.cells)*8 + cap(d.start)*4 + cap(d.kids)*4 +
			cap(d.reach)*int(unsafe.Sizeof(box{})) + cap(d.shape)*int(unsafe.Sizeof(outline{}))
	}
	return columns, overviews, directories
}

// Pass counts the pins of the base that f chooses in one pass over the columns:
// the least that any answer to f can cost.
func (v *Version) Pass(f civic.Filter) (n int) {
	c := v.Match(f).count(&v.base.columns, v.gone, 0, v.base.len())
	return c.Total()
}
