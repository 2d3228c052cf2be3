package tiles

import (
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
)

// brush is what drawing a tile needs beside the tile: used again and again, so
// that a tile costs no new memory.
type brush struct {
	version *Version
	match   *Match
	drawn   bool
	sifted  int32 // the part that old is for, or ofDelta for none
	old     sieve
	fresh   sieve // for rows of the delta

	layer    layer
	runs     []run
	names    names
	grid     grid
	frame    frame // of the tile of hexes
	edge     box
	commands []uint32
	ring     [32][2]int32
	spare    [32][2]int32
}

func (v *Version) brush() *brush { return v.brushes.Get().(*brush) }

// done gives a brush back, rid of what it knew: it must keep no version alive.
func (v *Version) done(b *brush) {
	b.version, b.match, b.layer.buf = nil, nil, nil
	clear(b.fresh.members)
	clear(b.old.members)
	b.fresh, b.old = sieve{members: b.fresh.members[:0]}, sieve{members: b.old.members[:0]}
	v.brushes.Put(b)
}

// prepare the brush's sieves for a filter; with drawn, for what may be
// drawn as points alone.
func (b *brush) prepare(v *Version, m *Match, drawn bool) {
	b.version, b.match, b.drawn, b.sifted = v, m, drawn, ofDelta
	b.fresh.prepare(m, v.delta.planes, nil, drawn)
}

// of a part, or the delta: its columns, and the sieve for them.
func (b *brush) of(part int32) (*columns, *sieve) {
	if part == ofDelta {
		return &b.version.delta.columns, &b.fresh
	}
	p := &b.version.parts[part]
	if b.sifted != part {
		b.old.prepare(b.match, p.planes, p.gone, b.drawn)
		b.sifted = part
	}
	return &p.columns, &b.old
}

// AppendPins appends the tile's layer "pins", thinned: where several matching
// pins of a kind share a square of 16 pixels, one stands for them, with their
// number in n. Squares nest from zoom to zoom and end at the tile's edges, and
// the pin that stands for a square also stands for the quarter that it lies in:
// so what is shown stays as one zooms in, no square with pins is empty, and over
// the tiles of any zoom the sum of n, by kind, is the number of pins. At the
// deepest zoom a square is 0.5 m: what still shares it is in one place.
//
// Categories that are never drawn as points are left out.
func (v *Version) AppendPins(dst []byte, t maptile.Tile, m *Match) []byte {
	b := v.brush()
	defer v.done(b)
	in := frameOf(t)
	edge := in.box(0)
	b.layer.begin(dst, LayerPins)
	b.names.begin(v)
	spots, known := v.overview(t, m)
	if known && !v.away.meets(edge) && !v.delta.meets(edge) {
		for i := range spots {
			if m.takes(v.legend.kinds[spots[i].category]) {
				v.point(b, in, &spots[i])
			}
		}
		return b.layer.end(pinKeys()...)
	}
	b.grid.begin(in)
	b.prepare(v, m, true)
	if known {
		v.revise(b, edge, m, spots)
	} else {
		b.runs = v.appendRuns(b.runs[:0], edge, &b.grid)
		v.scan(b, edge)
	}
	for i := range b.grid.spots {
		if b.grid.spots[i].n > 0 {
			v.point(b, in, &b.grid.spots[i])
		}
	}
	return b.layer.end(pinKeys()...)
}

// overview of a tile, where there is one that serves the filter.
func (v *Version) overview(t maptile.Tile, m *Match) ([]spot, bool) {
	spots := v.overviews[t]
	return spots, len(spots) > 0 && m.wholeKinds
}

// revise puts the spots of an overview into the grid, without the rows that are
// gone, and with the delta's. Where the pin that stood for others is gone, a
// square is scanned anew.
func (v *Version) revise(b *brush, edge box, m *Match, spots []spot) {
	kinds := v.legend.kinds
	for _, s := range spots {
		if m.takes(kinds[s.category]) {
			*b.grid.of(s.x, s.y, kinds[s.category]) = s
		}
	}
	stale := false
	b.runs = v.away.appendRuns(b.runs[:0], edge, nil)
	for _, r := range b.runs {
		for i := int(r.lo); i < int(r.hi); i++ {
			x, y, category := v.away.x[i], v.away.y[i], v.away.category[i]
			if !v.legend.drawn[category] || !m.takes(kinds[category]) || !edge.has(x, y) {
				continue
			}
			s := b.grid.of(x, y, kinds[category])
			s.n--
			if s.id == v.away.id[i] {
				s.id, stale = 0, true
			}
		}
	}
	for square := 0; stale && square < gridSide*gridSide; square++ {
		orphaned := false
		for k := range kindsDrawn {
			s := &b.grid.spots[square*kindsDrawn+k]
			orphaned = orphaned || s.n > 0 && s.id == 0
		}
		if orphaned {
			clear(b.grid.spots[square*kindsDrawn : (square+1)*kindsDrawn])
			part := b.grid.box(square)
			b.runs = v.appendPartRuns(b.runs[:0], part, &b.grid)
			v.scan(b, part)
		}
	}
	b.runs = v.delta.appendRuns(b.runs[:0], edge, &b.grid)
	v.scan(b, edge)
}

// scan puts the rows of the brush's runs that match and lie in the box into its
// grid.
func (v *Version) scan(b *brush, in box) {
	for _, r := range b.runs {
		c, s := b.of(r.part)
		if r.square != many {
			b.grid.addAlike(int(r.square), c, s, int(r.lo), int(r.hi))
		} else if r.inside {
			b.grid.addRows(c, s, int(r.lo), int(r.hi), everywhere)
		} else {
			b.grid.addRows(c, s, int(r.lo), int(r.hi), in)
		}
	}
}

// AppendEveryPin appends the tile's layer "pins" with every matching pin that
// may be drawn as a point, each in exactly one tile of a zoom. It can be large.
func (v *Version) AppendEveryPin(dst []byte, t maptile.Tile, m *Match) []byte {
	b := v.brush()
	defer v.done(b)
	in := frameOf(t)
	edge := in.box(0)
	b.runs = v.appendRuns(b.runs[:0], edge, nil)
	b.prepare(v, m, true)
	b.layer.begin(dst, LayerPins)
	b.names.begin(v)
	for _, r := range b.runs {
		c, s := b.of(r.part)
		for i := range s.each(int(r.lo), int(r.hi)) {
			if r.inside || edge.has(c.x[i], c.y[i]) {
				v.point(b, in, &spot{c.id[i], c.x[i], c.y[i], 1, c.category[i], c.status[i]})
			}
		}
	}
	return b.layer.end(pinKeys()...)
}

func pinKeys() []string { return []string{"kind", "category", "status", "n"} }

// point adds a spot to the layer.
func (v *Version) point(b *brush, in frame, s *spot) {
	at := in.place(int64(s.x), int64(s.y))
	tags := b.names.tags(&b.layer, v, s)
	b.layer.point(uint64(s.id), tags, b.layer.number(uint64(s.n)), at[0], at[1])
}

// names are the values of a layer of pins, and the tags of a pin, each made when
// first met.
type names struct {
	categories []uint32 // the value's number + 1, by ID
	kinds      [civic.Organisation + 1]uint32
	statuses   [civic.Active + 1]uint32
	known      [][civic.Active + 1]encodedTags // by category ID and status; empty for none yet
}

func (d *names) begin(v *Version) {
	if cap(d.categories) < len(v.legend.kinds) {
		d.categories = make([]uint32, len(v.legend.kinds))
		d.known = make([][civic.Active + 1]encodedTags, len(v.legend.kinds))
	}
	d.categories, d.known = d.categories[:len(v.legend.kinds)], d.known[:len(v.legend.kinds)]
	clear(d.categories)
	clear(d.known)
	clear(d.kinds[:])
	clear(d.statuses[:])
}

// tags of a pin: all pairs, and the key of n.
func (d *names) tags(l *layer, v *Version, s *spot) *encodedTags {
	e := &d.known[s.category][s.status]
	if e.n > 0 {
		return e
	}
	kind := v.legend.kinds[s.category]
	if d.kinds[kind] == 0 {
		d.kinds[kind] = l.text(kind.String()) + 1
	}
	if d.categories[s.category] == 0 {
		d.categories[s.category] = l.text(v.legend.slugs[s.category]) + 1
	}
	if d.statuses[s.status] == 0 {
		d.statuses[s.status] = l.text(s.status.String()) + 1
	}
	for key, value := range [3]uint32{d.kinds[kind], d.categories[s.category], d.statuses[s.status]} {
		e.add(uint32(key))
		e.add(value - 1)
	}
	e.add(3)
	return e
}
