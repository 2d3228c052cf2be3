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

	legend *legend
	all    *Match // of the empty filter
	base   *base
	gone   rowSet // rows of the base that are no more, or are in the delta
	away   *patch // those rows
	delta  *patch
	cover  *covers

	touches touches
	brushes *sync.Pool // of *brush
}

// base is the large part of a version.
type base struct {
	columns
	rows []uint32 // in order of their ids
	dirs *[MaxResolution + 1]directory
	lots lots

	legend    *legend // that planes and overviews were made with
	planes    *planes
	overviews overviews
}

// newBase of sorted rows. What it can, it takes from an older one.
func newBase(c celled, l *legend, old *base) *base {
	var known *[MaxResolution + 1]directory
	if old != nil {
		known = old.dirs
	}
	b := &base{columns: c.columns, rows: c.byID(), dirs: directories(&c, known)}
	b.lots = b.dirs[MaxResolution].listLots(&b.columns)
	return b.explain(l)
}

// explain is the base with planes and overviews made with a legend.
func (b *base) explain(l *legend) *base {
	out := *b
	out.legend, out.planes = l, newPlanes(&b.columns, l)
	out.overviews = out.survey()
	return &out
}

// find the row of a pin.
func (b *base) find(id int64) (int, bool) {
	i := sort.Search(len(b.rows), func(i int) bool { return b.id[b.rows[i]] >= id })
	if i < len(b.rows) && b.id[b.rows[i]] == id {
		return int(b.rows[i]), true
	}
	return 0, false
}

// cell of a row.
func (b *base) cell(row int) geo.Cell {
	d := &b.dirs[MaxResolution]
	return d.cells[sort.Search(len(d.cells), func(i int) bool { return int(d.start[i+1]) > row })]
}

// copyRow i of the base to the end of dst.
func (b *base) copyRow(dst *celled, i int) {
	dst.columns.copyRows(&b.columns, i, i+1)
	dst.cell = append(dst.cell, b.cell(i))
}

// newVersion of a district that has the pins given, in any order. Versions
// count from the number on.
func newVersion(number uint64, d civic.District, pins celled) *Version {
	v := &Version{Number: number, legend: legendOf(&d)}
	v.base = newBase(pins.sorted(), v.legend, nil)
	v.unchanged()
	v.brushes = &sync.Pool{New: func() any { return new(brush) }}
	return v.describe(d)
}

// unchanged makes v what its base is.
func (v *Version) unchanged() {
	none := newPatch(celled{}, v.legend)
	v.gone, v.away, v.delta = nil, none, none
}

// describe is v with the district's own record, areas and categories as in d.
func (v *Version) describe(d civic.District) *Version {
	next := *v
	next.Number++
	next.touches = touches{floor: next.Number}
	next.District = d
	next.cover = newCovers(&next.District)
	next.legend = legendOf(&next.District)
	next.all = nil
	next.all = next.Match(civic.Filter{})
	if !next.legend.means(v.base.legend) {
		next.base = v.base.explain(next.legend)
		next.away, next.delta = newPatch(v.away.celled, next.legend), newPatch(v.delta.celled, next.legend)
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
	var fresh celled
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
		if ok && !v.gone.has(at) && v.base.sameRow(at, &fresh.columns, i) && v.base.cell(at) == fresh.cell[i] {
			same[fresh.id[i]] = true
			delete(last, fresh.id[i])
		}
	}
	for i := range v.delta.len() {
		id := v.delta.id[i]
		if _, ok := last[id]; !ok {
			continue
		}
		if j, ok := row[id]; ok && v.delta.sameRow(i, &fresh.columns, j) && v.delta.cell[i] == fresh.cell[j] {
			same[id] = true
			delete(last, id)
			continue
		}
		next.touch(&v.delta.celled, i)
	}
	var away celled
	for id := range last {
		if at, ok := v.base.find(id); ok && !next.gone.has(at) {
			next.gone.set(at)
			v.base.copyRow(&away, at)
			next.touch(&away, away.len()-1)
		}
	}
	delta := makeCelled(v.delta.len() + fresh.len())
	i := 0
	older := func(upTo func() bool) {
		for ; i < v.delta.len() && upTo(); i++ {
			if _, replaced := last[v.delta.id[i]]; !replaced {
				delta.copyRow(&v.delta.celled, i)
			}
		}
	}
	for j := range fresh.len() {
		if same[fresh.id[j]] {
			continue
		}
		at := fresh.slot(j).key()
		older(func() bool { return v.delta.slot(i).key() < at })
		delta.copyRow(&fresh, j)
		next.touch(&fresh, j)
	}
	older(func() bool { return true })
	next.delta = newPatch(delta, v.legend)
	if away.len() > 0 {
		away.copyRows(&v.away.celled, 0, v.away.len())
		next.away = newPatch(away.sorted(), v.legend)
	}
	if len(next.touches.list) == len(v.touches.list) && next.touches.floor == v.touches.floor {
		return v // nothing differs
	}
	return &next
}

// touch records that row i of c has come or gone.
func (v *Version) touch(c *celled, i int) {
	v.touches = v.touches.add(v.Number, c.x[i], c.y[i], c.cell[i])
}

// merge is a base that holds what v holds, without a delta.
func (v *Version) merge() *base {
	out := makeCelled(v.Len())
	i, cell := 0, 0
	dir := &v.base.dirs[MaxResolution]
	keep := func(end int) { // base rows up to end that are not gone, in whole runs
		for i < end {
			for i < end && v.gone.has(i) {
				i++
			}
			from := i
			for i < end && !v.gone.has(i) {
				i++
			}
			out.columns.copyRows(&v.base.columns, from, i)
			for from < i {
				for int(dir.start[cell+1]) <= from {
					cell++
				}
				for last := min(i, int(dir.start[cell+1])); from < last; from++ {
					out.cell = append(out.cell, dir.cells[cell])
				}
			}
		}
	}
	for j := range v.delta.len() {
		keep(v.base.after(v.delta.slot(j)))
		out.copyRow(&v.delta.celled, j)
	}
	keep(v.base.len())
	return newBase(out, v.legend, v.base)
}

// run of rows: lo to hi of the base, or of the delta. All of them are in the box
// asked for when inside, else those whose x and y say so.
type run struct {
	lo, hi uint32
	inside bool
	delta  bool
	square int16 // of the grid asked for, that all rows are in; or many
}

// many squares, or no grid.
const many = -1

// shortRun rows are taken one by one rather than descended into, and the lots of
// a cell where they have fewer than worthLots rows on average. Tests lower them.
var (
	shortRun  uint32 = 64
	worthLots uint32 = 24
)

// appendRuns appends the runs that meet the box; with a grid, runs in one square
// of it where there are such.
func (v *Version) appendRuns(dst []run, in box, g *grid) []run {
	return v.delta.appendRuns(v.base.appendRuns(dst, in, g), in)
}

func (b *base) appendRuns(dst []run, in box, g *grid) []run {
	return b.descend(dst, MinResolution, 0, uint32(len(b.dirs[MinResolution].cells)), in, g)
}

func (b *base) descend(dst []run, r geo.Resolution, lo, hi uint32, in box, g *grid) []run {
	d := &b.dirs[r]
	for i := lo; i < hi; i++ {
		reach := d.reach[i]
		if !reach.meets(in) {
			continue
		}
		now := run{lo: d.start[i], hi: d.start[i+1], inside: reach.within(in), square: many}
		rows := now.hi - now.lo
		switch {
		case g == nil && now.inside:
			dst = join(dst, now)
		case g != nil && now.inside && g.alike(reach):
			now.square = int16(g.square(reach.minX, reach.minY))
			dst = join(dst, now)
		case r < MaxResolution && rows > shortRun:
			dst = b.descend(dst, r+1, d.kids[i], d.kids[i+1], in, g)
		case r == MaxResolution && g != nil && g.shift >= lotShift && rows >= worthLots*(d.kids[i+1]-d.kids[i]):
			dst = b.appendLots(dst, d.kids[i], d.kids[i+1], in, g)
		default:
			dst = join(dst, now)
		}
	}
	return dst
}

// join the runs with one more, which lengthens the last where it goes on from it.
func join(runs []run, next run) []run {
	if last := len(runs) - 1; last >= 0 && runs[last].hi == next.lo && runs[last].inside == next.inside && runs[last].square == next.square {
		runs[last].hi = next.hi
		return runs
	}
	return append(runs, next)
}
