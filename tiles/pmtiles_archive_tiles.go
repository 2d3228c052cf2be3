package tiles

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/mvt"
	"github.com/pinezka/pinezka/tiles/pmtiles"
)

// tiles returns the tiles that may have features, in the order of their ids:
// zoom by zoom, along the Hilbert curve. A feature of a tile is also in the
// parent of the tile, so the search does not descend below a tile that cannot
// have features. (A parent can be drawn empty when its features are too small
// for its zoom.)
func (j *archiveJob) tiles() []maptile.Tile {
	var all []maptile.Tile
	for level := []maptile.Tile{{}}; ; {
		level = slices.DeleteFunc(level, func(t maptile.Tile) bool { return !j.mayHaveFeatures(t) })
		all = append(all, level...)
		if len(level) == 0 || level[0].Z == j.MaxZoom {
			return all
		}
		next := make([]maptile.Tile, 0, 4*len(level))
		for _, t := range level {
			children := t.Children()
			slices.SortFunc(children[:], func(a, b maptile.Tile) int { return cmp.Compare(pmtiles.TileID(a), pmtiles.TileID(b)) })
			next = append(next, children[:]...)
		}
		level = next
	}
}

// mayHaveFeatures reports whether a tile, or a tile within it, may have
// features.
func (j *archiveJob) mayHaveFeatures(t maptile.Tile) bool {
	box := index.TileBox(t, mvt.Buffer)
	return slices.ContainsFunc(j.areas, box.Meets) ||
		j.hexes && j.v.HasCells(j.resolution(t.Z), box) ||
		j.pins && j.v.HasCells(index.MaxResolution, index.TileBox(t, 0))
}

// draw appends all layers of a tile, as the live tiles are drawn.
func (j *archiveJob) draw(dst []byte, t maptile.Tile) []byte {
	if j.pins {
		dst = draw.Pins(dst, j.v, t, j.all)
	}
	if j.hexes && t.Z >= j.first {
		dst = draw.Hexes(dst, j.v, t, j.resolution(t.Z), j.all)
	}
	if slices.ContainsFunc(j.areas, index.TileBox(t, mvt.Buffer).Meets) {
		dst = draw.Areas(dst, j.v, t, j.Filter)
	}
	return dst
}
