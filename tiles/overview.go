package tiles

import (
	"slices"

	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
)

// overviewRows is how many rows a tile must hold at least to have an overview:
// fewer are soon scanned. Tests lower it; it must exceed shortRun, since the rows
// of a short run are counted in every tile that it may meet.
var overviewRows = 8192

// rowsPerSpot is how many pins an overview's spots must stand for on average to
// be worth their memory: a zoom takes 24 bytes / rowsPerSpot a pin at most, and
// since a tile has 3072 spots at most, the zooms above it soon next to nothing.
var rowsPerSpot = 10

// overviews of a base: what its full tiles show, thinned, where a filter chooses
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
// They hold for the table of categories that they were made with.
type overviews struct {
	kinds []civic.Kind
	drawn []bool
	spots map[maptile.Tile][]spot // in order of their squares and kinds
}

// fit reports whether the overviews were made with v's table of categories.
func (o *overviews) fit(v *Version) bool {
	return o != nil && slices.Equal(o.kinds, v.kinds) && slices.Equal(o.drawn, v.drawn)
}

// survey draws the overviews of a base with v's categories.
func (v *Version) survey(b *base) *overviews {
	s := surveyor{
		v:     &Version{District: v.District, kinds: v.kinds, slugs: v.slugs, drawn: v.drawn, base: b, away: &patch{}, delta: &patch{}},
		out:   &overviews{kinds: v.kinds, drawn: v.drawn, spots: map[maptile.Tile][]spot{}},
		brush: new(brush),
	}
	s.match = s.v.Match(civic.Filter{})
	s.tile(maptile.Tile{})
	return s.out
}

// surveyor draws overviews.
type surveyor struct {
	v     *Version
	match *Match
	out   *overviews
	brush *brush
}

// tile and all below it; false where it holds too little for an overview.
func (s *surveyor) tile(t maptile.Tile) bool {
	b := s.brush
	b.runs = s.v.appendRuns(b.runs[:0], frameOf(t).box(0))
	rows := 0
	for _, r := range b.runs {
		rows += int(r.hi - r.lo)
	}
	if rows < overviewRows {
		return false
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
		if spots, ok := s.out.spots[part]; ok {
			for i := range spots {
				b.grid.of(spots[i].x, spots[i].y, s.v.kinds[spots[i].category]).add(spots[i])
			}
			continue
		}
		edge := frameOf(part).box(0)
		b.runs = s.v.appendRuns(b.runs[:0], edge)
		s.v.scan(b, edge, s.match)
	}
	used, pins := b.grid.used()
	if pins < rowsPerSpot*used {
		return false
	}
	spots := make([]spot, 0, used)
	for i := range b.grid.spots {
		if b.grid.spots[i].n > 0 {
			spots = append(spots, b.grid.spots[i])
		}
	}
	s.out.spots[t] = spots
	return true
}
