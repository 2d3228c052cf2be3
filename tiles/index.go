// Package tiles keeps the live index and draws it as vector tiles.
//
// The record is in PostGIS; what the map needs of every published pin is here,
// in memory, and follows the record. The package speaks no SQL (it reads a
// Source) and no HTTP (it appends bytes).
//
// Pins lie in columns, in the order of their H3 cells. In that order all pins of
// any cell, at any resolution, are one contiguous run of rows:
//
//	res 8        ┌───────────── A ─────────────┐┌──── B ────┐
//	res 9        ┌── a1 ──┐┌─────── a2 ────────┐┌──── b1 ───┐   directories: the
//	res 11       ┌┐┌──────┐┌────┐┌──┐┌─────────┐┌──┐┌───────┐   non-empty cells
//	lots         ││││┌─┐┌─┐│┐┌──┐││││┌──┐┌──┐┌─┐││┌┐┌──┐┌──┐│   of a cell: a square each
//	x, y      …  ▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪  …   columns: what is drawn
//	category  …  ▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪  …
//	planes    …  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  …   bits: what is chosen
//
// A filter chooses 64 rows at a time from the planes. A hex tile walks a
// directory and counts each cell's run. A point tile descends the directories to
// runs in one square of its grid, as long as they may be, and counts those; where
// it holds many rows and the filter chooses whole kinds, it begins from its
// overview, in which that is done already.
//
// The rows are cut into parts. A Version never changes: what has changed since
// its parts were made lies in a small sorted delta, and rows that are no more, or
// are in the delta, are marked gone. A reader takes a version and never waits; a
// writer makes the next one; in the background, the part that has changed most
// is merged with what the delta has of its cells, one after another.
//
//	version n    parts ▪▪▪▪✗▪▪▪▪ ▪▪✗▪▪▪▪✗▪▪ ▪▪▪▪▪▪▪▪▪   delta ▪ ▪▪▪ ▪
//	merged       parts ▪▪▪▪✗▪▪▪▪ ▪▪▪▪▪▪▪▪▪▪ ▪▪▪▪▪▪▪▪▪   delta ▪     ▪
//
// Only shown places are held (civic.Visibility.Show), so no outlet can tell
// more than it may.
package tiles

import (
	"slices"
	"sort"
	"sync"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// Version of a district: an immutable picture of its published pins.
type Version struct {
	District civic.District // do not change
	Number   uint64         // grows with every change
	Since    uint64         // the Number at which District became what it is; of no other district

	legend    *legend
	all       *Match // of the empty filter
	parts     []part // in order, at least one
	away      *patch // the rows of the parts that are gone
	delta     *patch
	overviews overviews // of the parts, what is gone included
	surveyed  int       // rows when all overviews were last drawn
	cover     *covers

	touches touches
	brushes *sync.Pool // of *brush
}

// part of a version: the rows of some cells, and those of them that are no more,
// or are in the delta.
type part struct {
	*base
	gone rowSet
}

// newVersion of a district that has the pins given, in any order. Versions
// count from the number on.
func newVersion(number uint64, d civic.District, pins celled) *Version {
	v := &Version{Number: number, legend: legendOf(&d, nil)}
	v.rest(newBases(&pins, v.legend, 0, nil))
	v.brushes = &sync.Pool{New: func() any { return new(brush) }}
	v = v.describe(d)
	v.survey()
	return v
}

// rest v on bases alone: nothing has changed since they were made.
func (v *Version) rest(bases []*base) {
	v.parts, v.away, v.delta = nil, newPatch(celled{}, nil), newPatch(celled{}, v.legend)
	for _, b := range bases {
		v.parts = append(v.parts, part{base: b})
	}
}

// bases of the parts.
func (v *Version) bases() []*base {
	out := make([]*base, len(v.parts))
	for p := range v.parts {
		out[p] = v.parts[p].base
	}
	return out
}

// describe is v with the district's own record, areas and categories as in d.
func (v *Version) describe(d civic.District) *Version {
	next := *v
	next.Number++
	next.Since = next.Number
	next.touches = touches{floor: next.Number}
	next.District = d
	next.cover = newCovers(next.District)
	next.legend = legendOf(&next.District, v.legend)
	next.all = nil
	next.all = next.Match(civic.Filter{})
	if next.legend.means(v.legend) {
		return &next
	}
	next.parts = nil
	for _, p := range v.parts {
		next.parts = append(next.parts, part{p.explain(next.legend), p.gone})
	}
	next.delta = newPatch(v.delta.celled, next.legend)
	plain := next // what its parts are, what is gone included
	plain.rest(next.bases())
	plain.survey()
	next.overviews, next.surveyed = plain.overviews, plain.surveyed
	return &next
}

// Len is the number of pins.
func (v *Version) Len() int { return v.rows() - v.away.len() + v.delta.len() }

// rows of all parts, what is gone included.
func (v *Version) rows() (n int) {
	for _, p := range v.parts {
		n += p.len()
	}
	return n
}

// find the row of a pin in the parts, unless it is gone.
func (v *Version) find(id int64) (p, row int, ok bool) {
	for p := range v.parts {
		if row, ok := v.parts[p].find(id); ok && !v.parts[p].gone.has(row) {
			return p, row, true
		}
	}
	return 0, 0, false
}

// partOf a cell of MaxResolution: the last that begins at it or before.
func (v *Version) partOf(cell geo.Cell) int {
	return sort.Search(len(v.parts)-1, func(i int) bool { return v.parts[i+1].first > cell })
}

// apply changes to v: the last change of a pin counts. It is v itself where
// nothing differs.
func (v *Version) apply(changes []civic.MapPin) *Version {
	last := make(map[int64]int, len(changes))
	for i, c := range changes {
		last[c.ID] = i
	}
	var fresh celled
	for i, c := range changes {
		if last[c.ID] == i && !c.Deleted {
			fresh.add(c)
		}
	}
	fresh = fresh.sorted()

	next := *v
	next.Number++
	next.parts = slices.Clone(v.parts)
	same := map[int64]bool{} // as v has them: rows read again
	row := map[int64]int{}   // of fresh, by id
	for i := range fresh.len() {
		id := fresh.id[i]
		row[id] = i
		if p, at, ok := v.find(id); ok && v.parts[p].sameRow(at, &fresh.columns, i) && v.parts[p].cell(at) == fresh.cell[i] {
			same[id] = true
			delete(last, id)
		}
	}
	replaced := rowSet(nil).clone(v.delta.len()) // of v's delta
	for i, id := range v.delta.id {
		if _, ok := last[id]; !ok {
			continue
		}
		if j, ok := row[id]; ok && v.delta.sameRow(i, &fresh.columns, j) && v.delta.cell[i] == fresh.cell[j] {
			same[id] = true
			delete(last, id)
			continue
		}
		replaced.set(i)
		next.touch(&v.delta.celled, i)
	}
	var away celled
	own := make([]bool, len(v.parts)) // parts whose gone rows are next's own
	for id := range last {
		if p, at, ok := v.find(id); ok {
			now := &next.parts[p]
			if !own[p] {
				now.gone, own[p] = now.gone.clone(now.len()), true
			}
			now.gone.set(at)
			now.copyRow(&away, at)
			next.touch(&away, away.len()-1)
		}
	}
	delta := makeCelled(v.delta.len() + fresh.len())
	i := 0
	older := func(end int) { // takes what stays of v's delta before end
		for i < end {
			from := i
			for i < end && !replaced.has(i) {
				i++
			}
			delta.copyRows(&v.delta.celled, from, i)
			for i < end && replaced.has(i) {
				i++
			}
		}
	}
	for j := range fresh.len() {
		if same[fresh.id[j]] {
			continue
		}
		at := fresh.slot(j)
		older(i + sort.Search(v.delta.len()-i, func(n int) bool { return v.delta.slot(i+n) >= at }))
		delta.copyRow(&fresh, j)
		next.touch(&fresh, j)
	}
	older(v.delta.len())
	next.delta = newPatch(delta, v.legend)
	if away.len() > 0 {
		away.copyRows(&v.away.celled, 0, v.away.len())
		next.away = newPatch(away.sorted(), nil)
	}
	if !next.touches.since(v.Number) {
		return v // nothing differs
	}
	return &next
}

// touch records that row i of c has come or gone.
func (v *Version) touch(c *celled, i int) {
	v.touches = v.touches.add(v.Number, c.x[i], c.y[i], c.cell[i])
}
