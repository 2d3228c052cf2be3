package tiles

import (
	"slices"
	"unsafe"

	"github.com/pinezka/pinezka/civic"
)

// Build a version of a district from pins in memory, in any order.
func Build(d civic.District, pins []civic.MapPin) *Version {
	c := makeCelled(len(pins))
	for _, p := range pins {
		if p.DistrictID == d.ID && !p.Deleted {
			c.add(p)
		}
	}
	return newVersion(0, d, c)
}

// Memory that the version takes in bytes: its columns and overviews, which grow
// with the pins, and its directories, which grow with the cells that have any.
func (v *Version) Memory() (columns, overviews, directories int) {
	const row, cell = 4 + 4 + 8 + 2 + 1 + 2 + 2, 8 // see columns
	changed := v.delta.len() + v.away.len()
	columns = changed*(row+cell) + cap(v.delta.planes.words)*8
	for _, spots := range v.overviews {
		overviews += cap(spots) * int(unsafe.Sizeof(spot{}))
	}
	for _, p := range v.parts {
		columns += p.len()*(row+4) + (len(p.gone)+cap(p.planes.words))*8
		columns += cap(p.lots.start)*4 + cap(p.lots.lots)*int(unsafe.Sizeof(lot{}))
		for i := range p.dirs {
			d := &p.dirs[i]
			directories += cap(d.cells)*8 + cap(d.start)*4 + cap(d.kids)*4 +
				cap(d.reach)*int(unsafe.Sizeof(box{})) + cap(d.shape)*int(unsafe.Sizeof(outline{}))
		}
	}
	return columns, overviews, directories
}

// Pass counts the pins of the parts that f chooses as a plain pass over the
// columns does, row by row and without the planes: a reference for measuring.
func (v *Version) Pass(f civic.Filter) (n int) {
	m := v.Match(f)
	if m.from > min(m.to, civic.MaxDay) {
		return 0
	}
	var categories, areas [1 << 16]uint8
	var statuses [1 << 8]uint8
	for id, kind := range v.legend.kinds {
		categories[id] = bit(kind != 0 && m.takes(kind) && (m.anyCategory || slices.Contains(m.categories, uint16(id))))
	}
	for id := range areas {
		areas[id] = bit(m.anyArea || slices.Contains(m.areas, uint16(id)))
	}
	for status := range statuses {
		statuses[status] = bit(m.anyStatus || slices.Contains(m.statuses, uint16(status)))
	}
	from, days := uint16(m.from), uint16(min(m.to, civic.MaxDay)-m.from)
	for _, p := range v.parts {
		status, area, day := p.status[:p.len()], p.area[:p.len()], p.day[:p.len()]
		for i, category := range p.category[:p.len()] {
			n += int(categories[category] & statuses[status[i]] & areas[area[i]] & bit(day[i]-from <= days))
		}
		for i := range len(p.gone) * 64 {
			if p.gone.has(i) {
				n -= int(categories[p.category[i]] & statuses[status[i]] & areas[area[i]] & bit(day[i]-from <= days))
			}
		}
	}
	return n
}
