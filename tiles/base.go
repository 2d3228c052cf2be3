package tiles

import (
	"sort"

	"github.com/pinezka/pinezka/geo"
)

// partRows is how many rows a part has at first; one of more than twice as many
// is cut when it is merged. Tests lower it.
var partRows = 1 << 16

// base holds the rows of the cells from first on, up to the next base's, in
// order of their slots.
type base struct {
	first geo.Cell // of MaxResolution; zero for a district's first base
	columns
	byID  []uint32 // rows in order of their ids
	dirs  *[MaxResolution + 1]directory
	lots  lots
	reach box // of all rows and cells; of nothing, if there are none

	planes *planes
}

// newBases of rows in any order, for the cells from first on: as few as may be,
// and always one. What they can they take from an older one.
func newBases(rows *celled, l *legend, first geo.Cell, old *base) (out []*base) {
	order := rows.order()
	cell := func(i int) geo.Cell { return rows.cell[order[i]] }
	for lo := 0; ; {
		hi := len(order)
		if hi-lo > 2*partRows {
			hi = lo + partRows
			for hi < len(order) && cell(hi) == cell(hi-1) { // a cell is never cut
				hi++
			}
		}
		part := rows.pick(order[lo:hi])
		out = append(out, newBase(part, part.byID(), l, first, old))
		if hi == len(order) {
			return out
		}
		lo, first = hi, cell(hi)
	}
}

// newBase of sorted rows, and the same in order of their ids.
func newBase(rows celled, byID []uint32, l *legend, first geo.Cell, old *base) *base {
	var known *[MaxResolution + 1]directory
	if old != nil {
		known = old.dirs
	}
	b := &base{first: first, columns: rows.columns, byID: byID, dirs: directories(&rows, known), planes: newPlanes(&rows.columns, l)}
	b.lots = b.dirs[MaxResolution].listLots(&b.columns)
	b.reach = nowhere
	for _, reach := range b.dirs[MinResolution].reach {
		b.reach = b.reach.union(reach)
	}
	return b
}

// explain is the base with planes made with a legend.
func (b *base) explain(l *legend) *base {
	out := *b
	out.planes = newPlanes(&b.columns, l)
	return &out
}

// find the row of a pin.
func (b *base) find(id int64) (int, bool) {
	end := len(b.byID)
	if end == 0 || id > b.id[b.byID[end-1]] { // a new pin's
		return 0, false
	}
	i := sort.Search(end, func(i int) bool { return b.id[b.byID[i]] >= id })
	return int(b.byID[i]), b.id[b.byID[i]] == id
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

// run of rows: lo to hi of a part, or of the delta. All of them are in the box
// asked for when inside, else those whose x and y say so.
type run struct {
	lo, hi uint32
	part   int32 // or ofDelta
	inside bool
	square int16 // of the grid asked for, that all rows are in; or many
}

const (
	ofDelta = -1
	many    = -1 // squares, or no grid
)

// shortRun rows are taken one by one rather than descended into, and the lots of
// a cell where they have fewer than worthLots rows on average. Tests lower them.
var (
	shortRun  uint32 = 64
	worthLots uint32 = 24
)

// appendRuns appends the runs that meet the box, the delta's last; with a grid,
// runs in one square of it where there are such.
func (v *Version) appendRuns(dst []run, in box, g *grid) []run {
	return v.delta.appendRuns(v.appendPartRuns(dst, in, g), in, g)
}

func (v *Version) appendPartRuns(dst []run, in box, g *grid) []run {
	for p := range v.parts {
		if b := v.parts[p].base; b.reach.meets(in) {
			dst = b.descend(dst, int32(p), MinResolution, 0, uint32(len(b.dirs[MinResolution].cells)), in, g)
		}
	}
	return dst
}

func (b *base) descend(dst []run, p int32, r geo.Resolution, lo, hi uint32, in box, g *grid) []run {
	d := &b.dirs[r]
	for i := lo; i < hi; i++ {
		reach := d.reach[i]
		if !reach.meets(in) {
			continue
		}
		now := run{lo: d.start[i], hi: d.start[i+1], part: p, inside: reach.within(in), square: many}
		rows := now.hi - now.lo
		switch {
		case g == nil && now.inside:
			dst = join(dst, now)
		case g != nil && now.inside && g.alike(reach):
			now.square = int16(g.square(reach.minX, reach.minY))
			dst = join(dst, now)
		case r < MaxResolution && rows > shortRun:
			dst = b.descend(dst, p, r+1, d.kids[i], d.kids[i+1], in, g)
		case r == MaxResolution && g != nil && g.shift >= lotShift && d.kids[i] < d.kids[i+1]:
			dst = b.appendLots(dst, p, d.kids[i], d.kids[i+1], in, g)
		default:
			dst = join(dst, now)
		}
	}
	return dst
}

// join the runs with one more, which lengthens the last where it goes on from it.
func join(runs []run, next run) []run {
	if len(runs) > 0 {
		last := &runs[len(runs)-1]
		if last.hi == next.lo && last.part == next.part && last.inside == next.inside && last.square == next.square {
			last.hi = next.hi
			return runs
		}
	}
	return append(runs, next)
}
