package tiles

import (
	"slices"

	"github.com/pinezka/pinezka/civic"
)

// merged is what becomes of a part of a version.
type merged struct {
	from      *base
	to        []*base
	overviews overviews // of the version with these instead
}

// changed is the number of rows that are in the delta or gone.
func (v *Version) changed() int { return v.delta.len() + v.away.len() }

// mostChanged is the part with the most rows that are gone, or in the delta.
func (v *Version) mostChanged() int {
	changes := make([]int, len(v.parts))
	for _, c := range []*patch{v.delta, v.away} {
		for _, cell := range c.cell {
			changes[v.partOf(cell)]++
		}
	}
	most := 0
	for p, n := range changes {
		if n > changes[most] {
			most = p
		}
	}
	return most
}

// merge part p with what the delta has of its cells.
func (v *Version) merge(p int) merged {
	was := v.parts[p]
	rows := makeCelled(was.len() + v.delta.len())
	d := &was.dirs[MaxResolution]
	for i, cell := range d.cells {
		for row, end := int(d.start[i]), int(d.start[i+1]); row < end; row++ {
			from := row
			for row < end && !was.gone.has(row) {
				row++
			}
			rows.columns.copyRows(&was.columns, from, row)
			for range row - from {
				rows.cell = append(rows.cell, cell)
			}
		}
	}
	for i, cell := range v.delta.cell {
		if v.partOf(cell) == p {
			rows.copyRow(&v.delta.celled, i)
		}
	}
	out := merged{from: was.base, to: newBases(&rows, v.legend, was.first, was.base)}
	changed := nowhere
	for _, c := range []*patch{v.delta, v.away} {
		for i, cell := range c.cell {
			if v.partOf(cell) == p {
				changed = changed.union(box{c.x[i], c.y[i], c.x[i], c.y[i]})
			}
		}
	}
	bases := slices.Replace(v.bases(), p, p+1, out.to...)
	out.overviews = survey(v.legend, bases, v.overviews, changed)
	return out
}

// adopt a merged part, and what has changed since the merge began. It reports
// false where v no longer has the part.
func (v *Version) adopt(m merged, since []civic.MapPin) (*Version, bool) {
	next := *v
	next.parts = nil
	at := -1
	for p := range v.parts {
		if v.parts[p].base != m.from {
			next.parts = append(next.parts, v.parts[p])
			continue
		}
		at = p
		for _, b := range m.to {
			next.parts = append(next.parts, part{base: b})
		}
	}
	if at < 0 {
		return v, false
	}
	again := map[int64]bool{}
	for _, c := range since {
		again[c.ID] = true
	}
	var away, delta celled
	for i, cell := range v.away.cell {
		if v.partOf(cell) != at {
			away.copyRow(&v.away.celled, i)
		}
	}
	for i, cell := range v.delta.cell {
		if v.partOf(cell) != at && !again[v.delta.id[i]] {
			delta.copyRow(&v.delta.celled, i)
		}
	}
	next.away, next.delta = newPatch(away, nil), newPatch(delta, v.legend)
	next.overviews = m.overviews
	return next.apply(since), true
}
