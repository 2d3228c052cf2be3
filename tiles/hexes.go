package tiles

import (
	"fmt"
	"slices"
	"sync"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// Hex is a cell with its counts.
type Hex struct {
	Cell geo.Cell
	civic.Counts
}

// MaxHexes is the most cells that one answer may have.
const MaxHexes = 100_000

// CheckResolution reports civic.ErrInvalid for a resolution without hexes.
func CheckResolution(r geo.Resolution) error {
	if r < MinResolution || r > MaxResolution {
		return fmt.Errorf("%w: resolution %d is not %d to %d", civic.ErrInvalid, r, MinResolution, MaxResolution)
	}
	return nil
}

// Hexes of resolution r over the areas of the filter, or over the whole district
// where it names none: every cell that overlaps them, those without a pin too,
// and, since a pin's cell is the parent of its finest one and may so end just
// beyond a border, every cell that counts a pin. The sum over all hexes is
// therefore the number of pins that the filter chooses, at every resolution.
//
// It reports geo.ErrTooManyCells beyond MaxHexes.
func (v *Version) Hexes(r geo.Resolution, f civic.Filter) ([]Hex, error) {
	if err := CheckResolution(r); err != nil {
		return nil, err
	}
	cells, err := v.cover.of(r, f.Areas)
	if err != nil {
		return nil, fmt.Errorf("cover %s at resolution %d: %w", v.District.Slug, r, err)
	}
	b := v.brush()
	defer v.done(b)
	out := hexList{cells, make([]Hex, 0, len(cells))}
	v.cells(b, r, v.Match(f), nil, &out)
	for _, c := range out.cells {
		out.hexes = append(out.hexes, Hex{Cell: c})
	}
	return out.hexes, nil
}

// hexList takes cells in order, and those before them that count nothing.
type hexList struct {
	cells []geo.Cell // that are still to come
	hexes []Hex
}

func (l *hexList) hex(h Hex, _ *outline) {
	for len(l.cells) > 0 && l.cells[0] <= h.Cell {
		if l.cells[0] < h.Cell {
			l.hexes = append(l.hexes, Hex{Cell: l.cells[0]})
		}
		l.cells = l.cells[1:]
	}
	l.hexes = append(l.hexes, h)
}

// taker takes cells. The outline is nil for those that only the delta has.
type taker interface{ hex(Hex, *outline) }

// cells tells of every cell of resolution r that counts a matching pin, in
// order; with a box, only of those that may meet it, and of others that count less
// than they should.
func (v *Version) cells(b *brush, r geo.Resolution, m *Match, in *box, to taker) {
	b.prepare(v, m, false)
	near := everywhere
	if in != nil {
		near = in.around(r)
	}
	b.runs = v.delta.appendRuns(b.runs[:0], near, nil)
	w := walk{v: v, b: b, r: r, to: to, fresh: b.runs}
	for p := range v.parts {
		d := &v.parts[p].dirs[r]
		if in == nil {
			for i := range d.cells {
				w.cell(p, i)
			}
		} else if v.parts[p].reach.meets(*in) {
			w.descend(p, MinResolution, 0, uint32(len(v.parts[p].dirs[MinResolution].cells)), *in)
		}
	}
	w.freshUpTo(^geo.Cell(0))
	w.tell()
}

// walk of the cells of a resolution.
type walk struct {
	v       *Version
	b       *brush // prepared
	r       geo.Resolution
	to      taker
	fresh   []run // of the delta, that are still to come
	row     int   // of the delta that comes next, up to end
	end     int
	last    Hex // not told yet, since the next part may have more of it
	outline *outline
}

// cell i of a part's directory, after those before it that only the delta has.
func (w *walk) cell(p, i int) {
	d := &w.v.parts[p].dirs[w.r]
	w.freshUpTo(d.cells[i])
	_, sieve := w.b.of(int32(p))
	n := sieve.count(int(d.start[i]), int(d.start[i+1]))
	w.add(Hex{d.cells[i], n.Plus(w.freshIn(d.cells[i]))}, &d.shape[i])
}

// freshUpTo the limit: cells that only the delta has.
func (w *walk) freshUpTo(limit geo.Cell) {
	for w.more() {
		cell := w.cellOf(w.row)
		if cell >= limit {
			return
		}
		w.add(Hex{cell, w.freshIn(cell)}, nil)
	}
}

// more reports whether the delta has a row that is still to come.
func (w *walk) more() bool {
	if w.row == w.end && len(w.fresh) > 0 {
		w.row, w.end = int(w.fresh[0].lo), int(w.fresh[0].hi)
		w.fresh = w.fresh[1:]
	}
	return w.row < w.end
}

func (w *walk) cellOf(row int) geo.Cell { return w.v.delta.cell[row].Parent(w.r) }

// freshIn counts the rows of the delta that lie in the cell.
func (w *walk) freshIn(cell geo.Cell) (n civic.Counts) {
	for w.more() && w.cellOf(w.row) == cell {
		from := w.row
		for w.row < w.end && w.cellOf(w.row) == cell {
			w.row++
		}
		n = n.Plus(w.b.fresh.count(from, w.row))
	}
	return n
}

// add to a cell.
func (w *walk) add(h Hex, o *outline) {
	if h.Cell == w.last.Cell {
		w.last.Counts = w.last.Plus(h.Counts)
		return
	}
	w.tell()
	w.last, w.outline = h, o
}

// tell of the last cell.
func (w *walk) tell() {
	if w.last.Total() > 0 {
		w.to.hex(w.last, w.outline)
	}
}

// descend a part's directories from a resolution, through the cells that reach
// into the box.
func (w *walk) descend(p int, at geo.Resolution, lo, hi uint32, in box) {
	d := &w.v.parts[p].dirs[at]
	for i := lo; i < hi; i++ {
		switch {
		case !d.reach[i].meets(in):
		case at == w.r:
			w.cell(p, int(i))
		default:
			w.descend(p, at+1, d.kids[i], d.kids[i+1], in)
		}
	}
}

// covers of a district's areas, each computed when first asked for.
type covers struct {
	district civic.District // a copy: a pointer into a version would keep all of that
	mu       sync.Mutex
	known    map[coverKey][]geo.Cell
}

type coverKey struct {
	area int32 // 0: the district
	r    geo.Resolution
}

func newCovers(d civic.District) *covers {
	return &covers{district: d, known: map[coverKey][]geo.Cell{}}
}

// of is the sorted cells that overlap the areas named, or the district.
func (c *covers) of(r geo.Resolution, areas []string) ([]geo.Cell, error) {
	if len(areas) == 0 {
		return c.one(coverKey{0, r}, c.district.Boundary)
	}
	var all []geo.Cell
	for _, slug := range areas {
		a, ok := c.district.Area(slug)
		if !ok {
			continue
		}
		cells, err := c.one(coverKey{a.ID, r}, a.Boundary)
		if err != nil {
			return nil, err
		}
		all = append(all, cells...)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

func (c *covers) one(key coverKey, shape orb.MultiPolygon) ([]geo.Cell, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if cells, ok := c.known[key]; ok {
		return cells, nil
	}
	cells, err := geo.Cover(shape, key.r, MaxHexes)
	if err != nil {
		return nil, err
	}
	c.known[key] = cells
	return cells, nil
}
