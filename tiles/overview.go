package tiles

import (
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
)

// overviewRows is how many rows a tile must hold at least to have an overview:
// fewer are soon scanned. Tests lower it.
var overviewRows = 8192

// rowsPerSpot is how many pins an overview's spots must stand for on average to
// be worth their memory: a zoom takes 24 bytes / rowsPerSpot a pin at most, and
// since a tile has 3072 spots at most, the zooms above it soon next to nothing.
var rowsPerSpot = 10

// overviews of the parts: what full tiles show, thinned, where a filter chooses
// whole kinds. As in a raster's overviews, each zoom is made from the next
// deeper one, and the deepest from the rows themselves:
//
//	zoom 13   ┌───────────────┐   a square of a tile is a quarter of
//	          └───────────────┘   a square of the tile above it
//	zoom 14   ┌───────┐   ┌───┐
//	          └───────┘   └───┘   no overview: few rows
//	zoom 15   ┌───┐
//	          └───┘
//
// So a tile that holds ten million pins is drawn from no more than 3072 spots. A
// tile that holds enough rows, but too few for each spot, has none.
type overviews map[maptile.Tile][]spot // in order of their squares and kinds

// survey draws all overviews of v, which has no delta.
func (v *Version) survey() {
	v.overviews = nil
	v.overviews, v.surveyed = v.redraw(everywhere), v.rows()
}

// redraw the overviews as v, delta and all, shows them now. Those that do not
// meet the box have not changed.
func (v *Version) redraw(changed box) overviews {
	s := surveyor{v: v, match: v.Match(civic.Filter{}), changed: changed, brush: new(brush), out: overviews{}}
	for t, spots := range v.overviews {
		if !frameOf(t).box(0).meets(changed) {
			s.out[t] = spots
		}
	}
	s.brush.prepare(v, s.match, true)
	s.tile(maptile.Tile{})
	return s.out
}

// surveyor draws overviews.
type surveyor struct {
	v       *Version
	match   *Match
	changed box
	out     overviews
	brush   *brush
}

// tile and all below it, where they have changed and hold enough.
func (s *surveyor) tile(t maptile.Tile) {
	edge := frameOf(t).box(0)
	if !edge.meets(s.changed) {
		return
	}
	was, known := s.v.overviews[t]
	if !known && !s.enough(edge) {
		return
	}
	parts := []maptile.Tile{t}
	if t.Z < MaxZoom {
		children := t.Children()
		parts = children[:]
		for _, part := range parts {
			s.tile(part)
		}
	}
	if known && len(was) == 0 {
		s.out[t] = nil // too few for each spot, when all was surveyed
		return
	}
	g := &s.brush.grid
	g.begin(frameOf(t))
	if known {
		s.v.revise(s.brush, edge, s.match, was)
	} else {
		for _, part := range parts {
			s.add(part)
		}
	}
	used, pins := g.used()
	if !known && pins < rowsPerSpot*used {
		s.out[t] = nil
		return
	}
	spots := make([]spot, 0, used)
	for i := range g.spots {
		if g.spots[i].n > 0 {
			spots = append(spots, g.spots[i])
		}
	}
	s.out[t] = spots
}

// add a part of a tile to the grid: its overview, or its rows.
func (s *surveyor) add(part maptile.Tile) {
	b := s.brush
	if spots := s.out[part]; len(spots) > 0 {
		for i := range spots {
			b.grid.of(spots[i].x, spots[i].y, s.v.legend.kinds[spots[i].category]).add(spots[i])
		}
		return
	}
	edge := frameOf(part).box(0)
	b.runs = s.v.appendRuns(b.runs[:0], edge, &b.grid)
	s.v.scan(b, edge)
}

// enough rows lie in the box, of the parts and of the delta, for an overview.
func (s *surveyor) enough(in box) bool {
	b := s.brush
	b.runs = s.v.appendRuns(b.runs[:0], in, nil)
	n, most := 0, 0
	for _, r := range b.runs {
		most += int(r.hi - r.lo)
	}
	if most < overviewRows {
		return false
	}
	for _, r := range b.runs {
		if r.inside {
			n += int(r.hi - r.lo)
			continue
		}
		c, _ := b.of(r.part)
		for i := r.lo; i < r.hi; i++ {
			if in.has(c.x[i], c.y[i]) {
				n++
			}
		}
	}
	return n >= overviewRows
}
