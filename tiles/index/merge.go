package index

import (
	"slices"
	"sort"

	"github.com/pinezka/pinezka/civic"
)

// Merge is a segment of a version merged with its rows of the delta, to be
// installed in a later version.
type Merge struct {
	from      *segment
	to        []*segment
	overviews overviews // of the version with these segments
	rebuiltAt int       // see Version
}

// Merge merges the segment that has changed most with its rows of the delta. It
// does not change v; see Version.Install.
func (v *Version) Merge() *Merge {
	i := v.mostChanged()
	old, alone := v.segments[i], v.changesOf(i)
	rows, byID := old.mergeRows(old.deleted, &alone.delta.Rows)
	m := &Merge{from: old.segment}
	if rows.len() > 2*v.shared.SegmentRows {
		m.to = v.newSegments(&rows, old.first, old.directories)
	} else {
		m.to = []*segment{v.newSegment(rows, byID, old.first, old.directories)}
	}
	after := *v
	after.setSegments(slices.Replace(v.wholeSegments(), i, i+1, m.to...))
	n := after.SegmentRows()
	m.rebuiltAt = min(v.rebuiltAt, n) // a district that has become smaller may grow again
	if n > v.rebuiltAt+v.rebuiltAt/4+v.shared.OverviewRows {
		after.rebuildOverviews() // more tiles may need one
		m.overviews, m.rebuiltAt = after.overviews, after.rebuiltAt
		return m
	}
	changed := emptyBox
	for _, r := range []*sortedRows{alone.delta, alone.deleted} {
		for _, zone := range r.zones {
			changed = changed.union(zone)
		}
	}
	m.overviews = alone.updatedOverviews(changed)
	return m
}

// mostChanged returns the segment with the most rows that are deleted or in the
// delta.
func (v *Version) mostChanged() int {
	most, changes := 0, 0
	for i := range v.segments {
		from, to := v.rowsOf(i, v.delta)
		first, end := v.rowsOf(i, v.deleted)
		if n := to - from + end - first; n > changes {
			most, changes = i, n
		}
	}
	return most
}

// rowsOf returns the range of the rows of r that are in the cells of a segment.
func (v *Version) rowsOf(segment int, r *sortedRows) (lo, hi int) {
	lo = sort.Search(r.len(), func(i int) bool { return v.segmentOf(r.cell[i]) >= segment })
	hi = sort.Search(r.len(), func(i int) bool { return v.segmentOf(r.cell[i]) > segment })
	return lo, hi
}

// changesOf returns v with the changes of one segment only.
func (v *Version) changesOf(segment int) *Version {
	next := *v
	next.segments = slices.Clone(v.segments)
	for i := range next.segments {
		if i != segment {
			next.segments[i].deleted = nil
		}
	}
	var delta, deleted Rows
	lo, hi := v.rowsOf(segment, v.delta)
	delta.copyRows(&v.delta.Rows, lo, hi)
	lo, hi = v.rowsOf(segment, v.deleted)
	deleted.copyRows(&v.deleted.Rows, lo, hi)
	next.delta, next.deleted = newSortedRows(delta, v.categories), newSortedRows(deleted, nil)
	return &next
}

// mergeRows returns the rows of s that are not deleted and those of a delta,
// sorted, and the same in order of their ids.
func (s *segment) mergeRows(deleted rowSet, delta *Rows) (rows Rows, byID []uint32) {
	rows = makeRows(s.len() + delta.len())
	d := &s.directories[MaxResolution]
	moved := make([]uint32, s.len()) // new row, by row of s
	row, cell := 0, 0
	copyUpTo := func(end int) { // of s
		for row < end {
			from := row
			for ; row < end && !deleted.has(row); row++ {
				for int(d.firstRow[cell+1]) <= row {
					cell++
				}
				moved[row] = uint32(rows.len() + row - from)
				rows.cell = append(rows.cell, d.cells[cell])
			}
			rows.columns.copyRows(&s.columns, from, row)
			for row < end && deleted.has(row) {
				row++
			}
		}
	}
	added := make([]uint32, delta.len()) // new row, by row of the delta
	for i := range delta.len() {
		copyUpTo(s.rowFor(delta, i))
		added[i] = uint32(rows.len())
		rows.copyRow(delta, i)
	}
	copyUpTo(s.len())

	byID = make([]uint32, 0, rows.len())
	newIDs := delta.byID()
	for _, old := range s.byID {
		for len(newIDs) > 0 && delta.id[newIDs[0]] < s.id[old] {
			byID, newIDs = append(byID, added[newIDs[0]]), newIDs[1:]
		}
		if !deleted.has(int(old)) {
			byID = append(byID, moved[old])
		}
	}
	for _, i := range newIDs {
		byID = append(byID, added[i])
	}
	return rows, byID
}

// rowFor returns the first row of s whose sort key is not below that of row i
// of r.
func (s *segment) rowFor(r *Rows, i int) int {
	d := &s.directories[MaxResolution]
	at, found := slices.BinarySearch(d.cells, r.cell[i])
	if !found {
		return int(d.firstRow[at])
	}
	from, to, key := int(d.firstRow[at]), int(d.firstRow[at+1]), r.sortKey(i)
	return from + sort.Search(to-from, func(n int) bool { return s.sortKey(from+n, r.cell[i]) >= key })
}

// Install returns v with a merged segment. Since are the changes after the
// version that was merged; v has them already, and the result has the same pins
// and the same Number as v. Install reports false when v no longer has the
// segment.
func (v *Version) Install(m *Merge, since []civic.MapPin) (*Version, bool) {
	at := slices.IndexFunc(v.segments, func(s segmentView) bool { return s.segment == m.from })
	if at < 0 {
		return v, false
	}
	next := *v
	merged := make([]segmentView, len(m.to))
	for i, s := range m.to {
		merged[i].segment = s
	}
	next.segments = slices.Concat(v.segments[:at], merged, v.segments[at+1:])
	changed := map[int64]bool{}
	for _, c := range since {
		changed[c.ID] = true
	}
	var deleted, delta Rows
	lo, hi := v.rowsOf(at, v.deleted)
	deleted.copyRows(&v.deleted.Rows, 0, lo)
	deleted.copyRows(&v.deleted.Rows, hi, v.deleted.len())
	lo, hi = v.rowsOf(at, v.delta)
	for i, id := range v.delta.id {
		if (i < lo || i >= hi) && !changed[id] {
			delta.copyRow(&v.delta.Rows, i)
		}
	}
	next.deleted, next.delta = newSortedRows(deleted, nil), newSortedRows(delta, v.categories)
	next.overviews, next.rebuiltAt = m.overviews, m.rebuiltAt
	out := *next.Apply(since)
	out.Number, out.changes = v.Number, v.changes
	return &out, true
}
