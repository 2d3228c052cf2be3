// Package tiles keeps the live index and draws it as vector tiles.
//
// The record is in PostGIS; what the map needs of every published pin is here,
// in memory, and follows the record. The package speaks no SQL (it reads a
// Source) and no HTTP (it appends bytes).
//
// Pins lie in columns sorted by their H3 cell of resolution 15. In that order
// all pins of any cell, at any resolution, are one contiguous run:
//
//	res 8        ┌───────────── A ─────────────┐┌──── B ────┐
//	res 9        ┌── a1 ──┐┌─────── a2 ────────┐┌──── b1 ───┐   directories: the
//	res 10       ┌┐┌──────┐┌────┐┌──┐┌─────────┐┌──┐┌───────┐   non-empty cells
//	             ││││││││││││││││││││││││││││││││││││││││││││
//	cell      …  ▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪  …
//	x, y      …  ▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪  …   columns: a filter
//	category  …  ▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪  …   is a scan of them
//	day       …  ▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪  …
//
// A hex tile walks a directory; a point tile descends the directories to the
// runs that meet it, or, where it holds many rows and the filter chooses whole
// kinds, begins from its overview. A Version never changes: what has changed
// since its large base lies in a small sorted delta, and the rows of the base
// that it replaces are marked gone. A reader takes a version and never waits; a
// writer makes the next one; a background merge folds the delta into a new base.
//
//	version n    base ▪▪▪▪✗▪▪▪▪▪▪▪▪▪▪▪✗▪▪▪▪▪▪▪▪▪▪▪▪   delta ▪▪▪
//	merged       base ▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪   delta
//
// Only shown places are held (civic.Visibility.Show), so no outlet can tell
// more than it may.
package tiles

import (
	"sort"
	"sync"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// Version of a district: an immutable picture of its published pins.
type Version struct {
	District civic.District // do not change
	Number   uint64         // grows with every change

	kinds []civic.Kind // by category ID
	slugs []string     // by category ID
	drawn []bool       // by category ID: may its pins be drawn as points?
	all   *Match       // of the empty filter
	base  *base
	gone  rowSet // rows of the base that are no more, or are in the delta
	away  *patch // those rows
	delta *patch
	cover *covers

	touches touches
	brushes *sync.Pool // of *brush
}

// base is the large part of a version.
type base struct {
	columns
	rows      []uint32 // in order of their ids
	dirs      *[MaxResolution + 1]directory
	overviews *overviews
}

func newBase(c columns, old *base) *base {
	var known *[MaxResolution + 1]directory
	if old != nil {
		known = old.dirs
	}
	b := &base{columns: c, rows: c.byID()}
	b.dirs = directories(&b.columns, known)
	return b
}

// find the row of a pin.
func (b *base) find(id int64) (int, bool) {
	i := sort.Search(len(b.rows), func(i int) bool { return b.id[b.rows[i]] >= id })
	if i < len(b.rows) && b.id[b.rows[i]] == id {
		return int(b.rows[i]), true
	}
	return 0, false
}

// newVersion of a district that has the pins given, in any order. Versions
// count from the number on.
func newVersion(number uint64, d civic.District, pins columns) *Version {
	v := &Version{Number: number, base: newBase(pins.sorted(), nil), away: &patch{}, delta: &patch{}}
	v.brushes = &sync.Pool{New: func() any { return new(brush) }}
	return v.describe(d)
}

// describe is v with the district's own record, areas and categories as in d.
func (v *Version) describe(d civic.District) *Version {
	next := *v
	next.Number++
	next.touches = touches{floor: next.Number}
	next.District = d
	next.kinds, next.slugs, next.drawn = nil, nil, nil
	for _, c := range d.Categories {
		for int(c.ID) >= len(next.kinds) {
			next.kinds, next.slugs, next.drawn = append(next.kinds, 0), append(next.slugs, ""), append(next.drawn, false)
		}
		next.slugs[c.ID] = c.Slug
		next.kinds[c.ID] = c.Kind
		next.drawn[c.ID] = c.Visibility != civic.Hexed
	}
	next.cover = newCovers(&next.District)
	next.all = nil
	next.all = next.Match(civic.Filter{})
	if !next.base.overviews.fit(&next) {
		b := *next.base
		b.overviews = next.survey(&b)
		next.base = &b
	}
	return &next
}

// Len is the number of pins.
func (v *Version) Len() int { return v.base.len() - v.away.len() + v.delta.len() }

// apply changes to v: the last change of a pin counts. It is v itself where
// nothing differs.
func (v *Version) apply(changes []civic.MapPin) *Version {
	last := make(map[int64]int, len(changes))
	for i, c := range changes {
		last[c.ID] = i
	}
	var fresh columns
	for i, c := range changes {
		if last[c.ID] == i && !c.Gone {
			fresh.add(c)
		}
	}
	fresh = fresh.sorted()

	next := *v
	next.Number++
	next.gone = v.gone.clone(v.base.len())
	same := map[int64]bool{} // as v has them: rows read again
	row := map[int64]int{}   // of fresh, by id
	for i := range fresh.len() {
		row[fresh.id[i]] = i
		at, ok := v.base.find(fresh.id[i])
		if ok && !v.gone.has(at) && v.base.sameRow(at, &fresh, i) {
			same[fresh.id[i]] = true
			delete(last, fresh.id[i])
		}
	}
	for i := range v.delta.len() {
		id := v.delta.id[i]
		if _, ok := last[id]; !ok {
			continue
		}
		if j, ok := row[id]; ok && v.delta.sameRow(i, &fresh, j) {
			same[id] = true
			delete(last, id)
			continue
		}
		next.touches = next.touches.add(next.Number, &v.delta.columns, i)
	}
	var away columns
	for id := range last {
		if at, ok := v.base.find(id); ok && !next.gone.has(at) {
			next.gone.set(at)
			away.copyRow(&v.base.columns, at)
			next.touches = next.touches.add(next.Number, &v.base.columns, at)
		}
	}
	delta := makeColumns(v.delta.len() + fresh.len())
	i := 0
	older := func(upTo func() bool) {
		for ; i < v.delta.len() && upTo(); i++ {
			if _, replaced := last[v.delta.id[i]]; !replaced {
				delta.copyRow(&v.delta.columns, i)
			}
		}
	}
	for j := range fresh.len() {
		if same[fresh.id[j]] {
			continue
		}
		older(func() bool { return v.delta.before(i, &fresh, j) })
		delta.copyRow(&fresh, j)
		next.touches = next.touches.add(next.Number, &fresh, j)
	}
	older(func() bool { return true })
	next.delta = newPatch(delta)
	if away.len() > 0 {
		away.copyRows(&v.away.columns, 0, v.away.len())
		next.away = newPatch(away.sorted())
	}
	if len(next.touches.list) == len(v.touches.list) && next.touches.floor == v.touches.floor {
		return v // nothing differs
	}
	return &next
}

// merge is a base that holds what v holds, without a delta.
func (v *Version) merge() *base {
	out := makeColumns(v.Len())
	i := 0
	keep := func(end int) { // base rows up to end that are not gone, in whole runs
		for i < end {
			for i < end && v.gone.has(i) {
				i++
			}
			from := i
			for i < end && !v.gone.has(i) {
				i++
			}
			out.copyRows(&v.base.columns, from, i)
		}
	}
	for j := range v.delta.len() {
		end := i + sort.Search(v.base.len()-i, func(k int) bool { return !v.base.before(i+k, &v.delta.columns, j) })
		keep(end)
		out.copyRow(&v.delta.columns, j)
	}
	keep(v.base.len())
	b := newBase(out, v.base)
	b.overviews = v.survey(b)
	return b
}

// run of rows: lo to hi of the base, or of the delta. All of them are in the box
// asked for when inside, else those whose x and y say so.
type run struct {
	lo, hi uint32
	inside bool
	delta  bool
}

// of the run: its columns, and the rows of them that are gone.
func (v *Version) of(r run) (*columns, rowSet) {
	if r.delta {
		return &v.delta.columns, nil
	}
	return &v.base.columns, v.gone
}

// shortRun rows are scanned rather than descended into.
const shortRun = 64

// appendRuns appends the runs that meet the box.
func (v *Version) appendRuns(dst []run, in box) []run {
	return v.delta.appendRuns(v.base.appendRuns(dst, in), in)
}

func (b *base) appendRuns(dst []run, in box) []run {
	return b.descend(dst, MinResolution, 0, uint32(len(b.dirs[MinResolution].cells)), in)
}

func (b *base) descend(dst []run, r geo.Resolution, lo, hi uint32, in box) []run {
	d := &b.dirs[r]
	for i := lo; i < hi; i++ {
		from, to := d.start[i], d.start[i+1]
		inside := d.reach[i].within(in)
		switch {
		case !d.reach[i].meets(in):
		case inside || r == MaxResolution || to-from <= shortRun:
			if last := len(dst) - 1; last >= 0 && dst[last].hi == from && dst[last].inside == inside {
				dst[last].hi = to // neighbours in the order: one longer run
				continue
			}
			dst = append(dst, run{lo: from, hi: to, inside: inside})
		default:
			dst = b.descend(dst, r+1, d.kids[i], d.kids[i+1], in)
		}
	}
	return dst
}
