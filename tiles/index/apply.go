package index

import (
	"slices"
	"sort"

	"github.com/pinezka/pinezka/civic"
)

// Apply returns the next version, to which the changes have been applied; of
// several changes of a pin, the last one counts. It returns v when nothing
// differs.
func (v *Version) Apply(changes []civic.MapPin) *Version {
	pending := make(map[int64]int, len(changes)) // index of the last change, by id
	for i, c := range changes {
		pending[c.ID] = i
	}
	var rows Rows // of the changed pins that exist
	for i, c := range changes {
		if pending[c.ID] == i && !c.Deleted {
			rows.Add(c)
		}
	}
	rows = rows.sorted()
	next := *v
	next.Number++
	next.segments = slices.Clone(v.segments)
	same := map[int64]bool{}
	replaced := next.compare(v, &rows, pending, same)
	next.deleteFromSegments(v, pending)
	next.replaceDelta(v, &rows, same, replaced)
	if !next.changes.since(v.Number) {
		return v
	}
	return &next
}

// compare moves the ids of the pins that do not differ in v from pending to
// same. It returns the rows of the delta of v that next does not have, and logs
// them.
func (next *Version) compare(v *Version, rows *Rows, pending map[int64]int, same map[int64]bool) (replaced rowSet) {
	row := map[int64]int{} // of rows, by id
	for i, id := range rows.id {
		row[id] = i
		if s, at, ok := v.find(id); ok && v.segments[s].sameRow(at, &rows.columns, i) && v.segments[s].cell(at) == rows.cell[i] {
			same[id] = true
			delete(pending, id)
		}
	}
	replaced = replaced.clone(v.delta.len())
	for i, id := range v.delta.id {
		if _, ok := pending[id]; !ok {
			continue
		}
		if j, ok := row[id]; ok && v.delta.sameRow(i, &rows.columns, j) && v.delta.cell[i] == rows.cell[j] {
			same[id] = true
			delete(pending, id)
			continue
		}
		replaced.set(i)
		next.logChange(&v.delta.Rows, i)
	}
	return replaced
}

// deleteFromSegments marks the rows of the pending pins as deleted.
func (next *Version) deleteFromSegments(v *Version, pending map[int64]int) {
	var deleted Rows
	cloned := make([]bool, len(v.segments)) // whether next has its own set of deleted rows
	for id := range pending {
		i, row, ok := v.find(id)
		if !ok {
			continue
		}
		s := &next.segments[i]
		if !cloned[i] {
			s.deleted, cloned[i] = s.deleted.clone(s.len()), true
		}
		s.deleted.set(row)
		s.copyRow(&deleted, row)
		next.logChange(&deleted, deleted.len()-1)
	}
	if deleted.len() > 0 {
		deleted.copyRows(&v.deleted.Rows, 0, v.deleted.len())
		next.deleted = newSortedRows(deleted.sorted(), nil)
	}
}

// replaceDelta merges the rows that differ into what remains of the delta of v.
func (next *Version) replaceDelta(v *Version, rows *Rows, same map[int64]bool, replaced rowSet) {
	old := &v.delta.Rows
	delta := makeRows(old.len() + rows.len())
	i := 0
	copyUpTo := func(end int) { // of the old delta
		for i < end {
			from := i
			for i < end && !replaced.has(i) {
				i++
			}
			delta.copyRows(old, from, i)
			for i < end && replaced.has(i) {
				i++
			}
		}
	}
	for j, id := range rows.id {
		if same[id] {
			continue
		}
		key := rows.sortKey(j)
		copyUpTo(i + sort.Search(old.len()-i, func(n int) bool { return old.sortKey(i+n) >= key }))
		delta.copyRow(rows, j)
		next.logChange(rows, j)
	}
	copyUpTo(old.len())
	next.delta = newSortedRows(delta, v.categories)
}

// logChange records that row i of r was added or deleted.
func (v *Version) logChange(r *Rows, i int) {
	v.changes = v.changes.add(v.Number, r.x[i], r.y[i], r.cell[i])
}
