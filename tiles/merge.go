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
	surveyed  int       // see Version
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
	was, now := v.parts[p], v.alone(p)
	rows, byID := was.weave(was.gone, &now.delta.celled)
	out := merged{from: was.base}
	if rows.len() > 2*partRows {
		out.to = newBases(&rows, v.legend, was.first, was.base)
	} else {
		out.to = []*base{newBase(rows, byID, v.legend, was.first, was.base)}
	}
	after := *v
	after.rest(slices.Replace(v.bases(), p, p+1, out.to...))
	out.surveyed = min(v.surveyed, after.rows())             // what has emptied fills up again some day
	if after.rows() > v.surveyed+v.surveyed/4+overviewRows { // there may be more tiles worth an overview
		after.survey()
		out.overviews, out.surveyed = after.overviews, after.surveyed
		return out
	}
	changed := nowhere
	for _, c := range []*patch{now.delta, now.away} {
		for _, zone := range c.zones {
			changed = changed.union(zone)
		}
	}
	out.overviews = now.redraw(changed)
	return out
}

// alone is v with the changes of part p, and without all others.
func (v *Version) alone(p int) *Version {
	next := *v
	next.parts = slices.Clone(v.parts)
	for i := range next.parts {
		if i != p {
			next.parts[i].gone = nil
		}
	}
	var delta, away celled
	lo, hi := v.rowsOf(p, v.delta)
	delta.copyRows(&v.delta.celled, lo, hi)
	lo, hi = v.rowsOf(p, v.away)
	away.copyRows(&v.away.celled, lo, hi)
	next.delta, next.away = newPatch(delta, v.legend), newPatch(away, nil)
	return &next
}

// weave the rows of b that are not gone and those of a delta, both in order of
// their slots, into one, with the rows in order of their ids.
func (b *base) weave(gone rowSet, delta *celled) (rows celled, byID []uint32) {
	rows = makeCelled(b.len() + delta.len())
	d := &b.dirs[MaxResolution]
	moved := make([]uint32, b.len()) // where a row of b is now
	row, cell := 0, 0
	upTo := func(end int) { // takes the rows of b before end
		for row < end {
			from := row
			for ; row < end && !gone.has(row); row++ {
				for int(d.start[cell+1]) <= row {
					cell++
				}
				moved[row] = uint32(rows.len() + row - from)
				rows.cell = append(rows.cell, d.cells[cell])
			}
			rows.columns.copyRows(&b.columns, from, row)
			for row < end && gone.has(row) {
				row++
			}
		}
	}
	added := make([]uint32, delta.len())
	for i := range delta.len() {
		upTo(b.slotFor(delta, i))
		added[i] = uint32(rows.len())
		rows.copyRow(delta, i)
	}
	upTo(b.len())

	byID = make([]uint32, 0, rows.len())
	fresh := delta.byID()
	for _, old := range b.byID {
		for len(fresh) > 0 && delta.id[fresh[0]] < b.id[old] {
			byID, fresh = append(byID, added[fresh[0]]), fresh[1:]
		}
		if !gone.has(int(old)) {
			byID = append(byID, moved[old])
		}
	}
	for _, i := range fresh {
		byID = append(byID, added[i])
	}
	return rows, byID
}

// slotFor row i of c is the first row of b whose slot is not below its own.
func (b *base) slotFor(c *celled, i int) int {
	d := &b.dirs[MaxResolution]
	at, there := slices.BinarySearch(d.cells, c.cell[i])
	if !there {
		return int(d.start[at])
	}
	from, to, slot := int(d.start[at]), int(d.start[at+1]), c.slot(i)
	return from + sort.Search(to-from, func(n int) bool { return b.slot(from+n, c.cell[i]) >= slot })
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
	next.overviews, next.surveyed = m.overviews, m.surveyed
	out := *next.apply(since)
	out.Number, out.touches = v.Number, v.touches
	return &out, true
}
