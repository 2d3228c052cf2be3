package index

import (
	"slices"
	"sort"

	"github.com/pinezka/pinezka/civic"
)

// Apply returns the next version, in which the pins are as in changes; the last
// change of a pin counts. It returns v when nothing differs.
func (v *Version) Apply(changes []civic.MapPin) *Version {
	u := update{from: v, pending: make(map[int64]int, len(changes)), same: map[int64]bool{}}
	for i, c := range changes {
		u.pending[c.ID] = i
	}
	for i, c := range changes {
		if u.pending[c.ID] == i && !c.Deleted {
			u.rows.Add(c)
		}
	}
	u.rows = u.rows.sorted()
	next := *v
	next.Number++
	next.segments = slices.Clone(v.segments)
	u.next = &next
	u.compare()
	u.deleteFromSegments()
	u.replaceDelta()
	if !next.changes.since(v.Number) {
		return v
	}
	return &next
}

// update is the change of a version into the next.
type update struct {
	from, next *Version
	rows       Rows           // of the changed pins that exist, sorted
	pending    map[int64]int  // by id: the changed pins that differ
	same       map[int64]bool // by id: the changed pins that do not differ
	replaced   rowSet         // rows of the delta that are no longer in it
}

// compare divides the changed pins into those that differ and those that do not.
func (u *update) compare() {
	v := u.from
	row := map[int64]int{} // of u.rows, by id
	for i, id := range u.rows.id {
		row[id] = i
		if s, at, ok := v.find(id); ok && v.segments[s].sameRow(at, &u.rows.columns, i) && v.segments[s].cell(at) == u.rows.cell[i] {
			u.same[id] = true
			delete(u.pending, id)
		}
	}
	u.replaced = rowSet(nil).clone(v.delta.len())
	for i, id := range v.delta.id {
		if _, ok := u.pending[id]; !ok {
			continue
		}
		if j, ok := row[id]; ok && v.delta.sameRow(i, &u.rows.columns, j) && v.delta.cell[i] == u.rows.cell[j] {
			u.same[id] = true
			delete(u.pending, id)
			continue
		}
		u.replaced.set(i)
		u.next.logChange(&v.delta.Rows, i)
	}
}

// deleteFromSegments marks the rows of the pending pins as deleted.
func (u *update) deleteFromSegments() {
	var deleted Rows
	cloned := make([]bool, len(u.from.segments)) // whether the next version has its own deleted rows
	for id := range u.pending {
		i, row, ok := u.from.find(id)
		if !ok {
			continue
		}
		s := &u.next.segments[i]
		if !cloned[i] {
			s.deleted, cloned[i] = s.deleted.clone(s.len()), true
		}
		s.deleted.set(row)
		s.copyRow(&deleted, row)
		u.next.logChange(&deleted, deleted.len()-1)
	}
	if deleted.len() > 0 {
		deleted.copyRows(&u.from.deleted.Rows, 0, u.from.deleted.len())
		u.next.deleted = newSortedRows(deleted.sorted(), nil)
	}
}

// replaceDelta merges the pending rows into what remains of the delta.
func (u *update) replaceDelta() {
	old := &u.from.delta.Rows
	delta := makeRows(old.len() + u.rows.len())
	i := 0
	copyUpTo := func(end int) { // of the old delta
		for i < end {
			from := i
			for i < end && !u.replaced.has(i) {
				i++
			}
			delta.copyRows(old, from, i)
			for i < end && u.replaced.has(i) {
				i++
			}
		}
	}
	for j, id := range u.rows.id {
		if u.same[id] {
			continue
		}
		key := u.rows.sortKey(j)
		copyUpTo(i + sort.Search(old.len()-i, func(n int) bool { return old.sortKey(i+n) >= key }))
		delta.copyRow(&u.rows, j)
		u.next.logChange(&u.rows, j)
	}
	copyUpTo(old.len())
	u.next.delta = newSortedRows(delta, u.from.categories)
}

// logChange records that row i of r was added or removed.
func (v *Version) logChange(r *Rows, i int) {
	v.changes = v.changes.add(v.Number, r.x[i], r.y[i], r.cell[i])
}
