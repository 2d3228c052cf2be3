package tiles

import (
	"github.com/pinezka/pinezka/civic"
)

// Match is a filter made ready to scan columns: for each column, a table of the
// values that will do.
type Match struct {
	categories []uint8  // by ID, 1 where it will do
	packed     []uint64 // likewise, one pin of its kind
	points     []uint8  // likewise, and it may be drawn as points
	areas      []uint8  // by ID, 0 for none
	statuses   uint32   // a bit each
	from, span uint16   // days: from to from + span
	open       bool     // nothing but categories is chosen
	wholeKinds bool     // and of these, all of a kind or none
}

// Match makes f ready for this version. Slugs that the district lacks match
// nothing.
func (v *Version) Match(f civic.Filter) *Match {
	if v.all != nil && len(f.Kinds)+len(f.Categories)+len(f.Statuses)+len(f.Areas) == 0 && f.From == 0 && f.To == 0 {
		return v.all
	}
	last := v.lastArea()
	tables := make([]uint8, 2*len(v.kinds)+int(last)+1)
	m := &Match{
		categories: tables[:len(v.kinds)], points: tables[len(v.kinds) : 2*len(v.kinds)], areas: tables[2*len(v.kinds):],
		packed:   make([]uint64, len(v.kinds)),
		statuses: ^uint32(0), span: uint16(civic.MaxDay),
		open: len(f.Statuses) == 0 && len(f.Areas) == 0 && f.From == 0 && f.To == 0,
	}
	m.wholeKinds = m.open && len(f.Categories) == 0
	for i := range v.District.Categories {
		c := &v.District.Categories[i]
		if holds(f.Kinds, c.Kind) && holds(f.Categories, c.Slug) {
			m.categories[c.ID] = 1
			m.packed[c.ID] = packedKind(c.Kind)
			if v.drawn[c.ID] {
				m.points[c.ID] = 1
			}
		}
	}
	for i := range v.District.Areas {
		if a := &v.District.Areas[i]; holds(f.Areas, a.Slug) {
			m.areas[a.ID] = 1
		}
	}
	if len(f.Areas) == 0 {
		m.areas[0] = 1
	}
	if len(f.Statuses) > 0 {
		m.statuses = 0
		for _, s := range f.Statuses {
			m.statuses |= 1 << s
		}
	}
	m.from = uint16(f.From)
	if f.To > 0 {
		m.span = uint16(f.To - f.From)
	} else {
		m.span = uint16(civic.MaxDay - f.From)
	}
	return m
}

// holds reports whether the list is empty or has the value.
func holds[T comparable](list []T, value T) bool {
	for _, x := range list {
		if x == value {
			return true
		}
	}
	return len(list) == 0
}

// block is how many rows are chosen at a time: few enough for the processor's
// first cache.
const block = 2048

// chosen writes the numbers of the rows from lo to hi, a block at most, that
// match, whose category the table has and that are not gone; it answers how
// many. The loops do not branch on what a row holds: a row is always written,
// and kept by going on.
func (m *Match) chosen(rows *[block]uint32, c *columns, gone rowSet, categories []uint8, lo, hi int) int {
	n := 0
	category := c.category[lo:hi]
	if m.open {
		for i, k := range category {
			rows[n&(block-1)] = uint32(lo + i)
			n += int(categories[k])
		}
	} else {
		status, area, day := c.status[lo:hi][:len(category)], c.area[lo:hi][:len(category)], c.day[lo:hi][:len(category)]
		for i, k := range category {
			rows[n&(block-1)] = uint32(lo + i)
			n += int(categories[k] & uint8(m.statuses>>(status[i]&31)) & 1 & m.areas[area[i]] & bit(day[i]-m.from <= m.span))
		}
	}
	if gone == nil {
		return n
	}
	kept := 0
	for _, row := range rows[:n] {
		rows[kept] = row
		if !gone.has(int(row)) {
			kept++
		}
	}
	return kept
}

func bit(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}

// Counts by kind, packed: 21 bits each, so enough for countedAtOnce rows.
const (
	packedBits    = 21
	countedAtOnce = 1 << (packedBits - 1)
)

// packedKind is one pin of a kind.
func packedKind(k civic.Kind) uint64 { return 1 << (packedBits * uint(k-civic.Need)) }

// count the matching rows from lo to hi by kind: a sum of table entries, without
// a branch on what a row holds.
func (m *Match) count(c *columns, gone rowSet, lo, hi int) (n civic.Counts) {
	for ; lo < hi; lo += countedAtOnce {
		end := min(lo+countedAtOnce, hi)
		packed := uint64(0)
		category := c.category[lo:end]
		if m.open {
			for _, k := range category {
				packed += m.packed[k]
			}
		} else {
			status, area, day := c.status[lo:end][:len(category)], c.area[lo:end][:len(category)], c.day[lo:end][:len(category)]
			for i, k := range category {
				chosen := uint64(m.statuses>>(status[i]&31)) & 1 & uint64(m.areas[area[i]]) & uint64(bit(day[i]-m.from <= m.span))
				packed += m.packed[k] & -chosen
			}
		}
		for i := range gone.in(lo, end) {
			if m.holds(c, i) {
				packed -= m.packed[c.category[i]]
			}
		}
		const mask = 1<<packedBits - 1
		n.Need += int(packed & mask)
		n.Potential += int(packed >> packedBits & mask)
		n.Organisation += int(packed >> (2 * packedBits))
	}
	return n
}

// holds reports whether a row matches, whatever its category.
func (m *Match) holds(c *columns, i int) bool {
	return m.statuses>>(c.status[i]&31)&1 > 0 && m.areas[c.area[i]] > 0 && c.day[i]-m.from <= m.span
}
