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
// So a tile that holds ten million pins is drawn from no more than 3072 spots.
type overviews map[maptile.Tile][]spot // in order of their squares and kinds

// survey draws the overviews of bases. Of those that are known, tiles that do not
// meet the box have not changed.
func survey(l *legend, bases []*base, known overviews, changed box) overviews {
	s := surveyor{v: &Version{legend: l}, changed: changed, brush: new(brush), out: overviews{}}
	for t, spots := range known {
		if !frameOf(t).box(0).meets(changed) {
			s.out[t] = spots
		}
	}
	s.v.rest(bases)
	s.brush.prepare(s.v, s.v.Match(civic.Filter{}), true)
	s.tile(maptile.Tile{})
	return s.out
}

// surveyor draws overviews.
type surveyor struct {
	v       *Version
	changed box
	out     overviews
	brush   *brush
}

// rows of a run that lie in the box.
func (s *surveyor) rows(r run, in box) int {
	if r.inside {
		return int(r.hi - r.lo)
	}
	n := 0
	c := &s.v.parts[r.part].columns
	for i := r.lo; i < r.hi; i++ {
		if in.has(c.x[i], c.y[i]) {
			n++
		}
	}
	return n
}

// tile and all below it, where they have changed and hold enough.
func (s *surveyor) tile(t maptile.Tile) {
	edge := frameOf(t).box(0)
	if !edge.meets(s.changed) {
		return
	}
	b := s.brush
	b.runs = s.v.appendRuns(b.runs[:0], edge, nil)
	rows := 0
	for _, r := range b.runs {
		rows += s.rows(r, edge)
	}
	if rows < overviewRows {
		return
	}
	parts := []maptile.Tile{t}
	if t.Z < MaxZoom {
		children := t.Children()
		parts = children[:]
	}
	for _, part := range parts {
		if t.Z < MaxZoom {
			s.tile(part)
		}
	}
	b.grid.begin(frameOf(t))
	for _, part := range parts {
		if spots, ok := s.out[part]; ok {
			for i := range spots {
				b.grid.of(spots[i].x, spots[i].y, s.v.legend.kinds[spots[i].category]).add(spots[i])
			}
			continue
		}
		edge := frameOf(part).box(0)
		b.runs = s.v.appendRuns(b.runs[:0], edge, &b.grid)
		s.v.scan(b, edge)
	}
	used, pins := b.grid.used()
	if pins < rowsPerSpot*used {
		return
	}
	spots := make([]spot, 0, used)
	for i := range b.grid.spots {
		if b.grid.spots[i].n > 0 {
			spots = append(spots, b.grid.spots[i])
		}
	}
	s.out[t] = spots
}
