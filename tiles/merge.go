package tiles

import (
	"slices"
	"sort"

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
	most, changes := 0, 0
	for p := range v.parts {
		from, to := v.rowsOf(p, v.delta)
		first, end := v.rowsOf(p, v.away)
		if n := to - from + end - first; n > changes {
			most, changes = p, n
		}
	}
	return most
}

// rowsOf part p's cells in a patch: from lo to hi, since it is sorted by cell.
func (v *Version) rowsOf(p int, c *patch) (lo, hi int) {
	lo = sort.Search(c.len(), func(i int) bool { return v.partOf(c.cell[i]) >= p })
	hi = sort.Search(c.len(), func(i int) bool { return v.partOf(c.cell[i]) > p })
	return lo, hi
}

// merge part p with what the delta has of its cells.
func (v *Version) merge(p int) merged {
	was := v.parts[p]
	lo, hi := v.rowsOf(p, v.delta)
	rows := makeCelled(was.len() + hi - lo)
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
	rows.copyRows(&v.delta.celled, lo, hi)
	out := merged{from: was.base, to: newBases(&rows, v.legend, was.first, was.base)}
	changed := nowhere
	for _, c := range []*patch{v.delta, v.away} {
		lo, hi := v.rowsOf(p, c)
		for i := lo; i < hi; i++ {
			changed = changed.union(box{c.x[i], c.y[i], c.x[i], c.y[i]})
		}
	}
	bases := slices.Replace(v.bases(), p, p+1, out.to...)
	out.overviews = survey(v.legend, bases, v.overviews, changed)
	return out
}

// adopt a merged part, and what has changed since the merge began, which v has
// already: what comes of it shows what v does. It reports false where v no longer
// has the part.
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
	lo, hi := v.rowsOf(at, v.away)
	away.copyRows(&v.away.celled, 0, lo)
	away.copyRows(&v.away.celled, hi, v.away.len())
	lo, hi = v.rowsOf(at, v.delta)
	for i, id := range v.delta.id {
		if (i < lo || i >= hi) && !again[id] {
			delta.copyRow(&v.delta.celled, i)
		}
	}
	next.away, next.delta = newPatch(away, nil), newPatch(delta, v.legend)
	next.overviews = m.overviews
	out := *next.apply(since)
	out.Number, out.touches = v.Number, v.touches
	return &out, true
}
