package draw

import (
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/mvt"
)

// Hexes appends the layer "hexes" of a tile: a polygon for every cell of
// resolution r that overlaps the tile and has a pin that f selects, with its
// counts. A hex on an edge is in every tile that it overlaps, with the same
// counts and the same id.
func Hexes(dst []byte, v *index.Version, t maptile.Tile, r geo.Resolution, f *index.Filter) []byte {
	b := getBuffers(v)
	defer v.Pool().Put(b)
	b.version, b.to, b.box = v, transformOf(t), index.TileBox(t, mvt.Buffer)
	b.layer.Begin(dst, LayerHexes)
	v.VisitCells(&b.scratch, r, f, &b.box, b)
	b.version = nil // so that the pool does not keep it in memory
	return b.layer.End("h3", "need", "potential", "organisation", "total")
}

// VisitCell adds a cell to the layer, clipped to the tile. A cell across the
// antimeridian is in tiles at both ends of the world, and twice in the tile that
// is the world.
func (b *buffers) VisitCell(h index.Hex, o *index.Outline) {
	if o == nil {
		o = b.version.Outline(h.Cell)
	}
	if !o.Bound().Meets(b.box) {
		return
	}
	b.geometry.Reset()
	x := b.to.nearest(o.Centre.X)
	b.addOutline(o, x)
	if b.to.isWorld() {
		b.addOutline(o, nextWorld(x))
	}
	if b.geometry.Empty() {
		return
	}
	layer := &b.layer
	tags := [10]uint32{
		0, layer.Hex(uint64(h.Cell)), 1, layer.Uint(uint64(h.Need)), 2, layer.Uint(uint64(h.Potential)),
		3, layer.Uint(uint64(h.Organisation)), 4, layer.Uint(uint64(h.Total())),
	}
	layer.Polygon(h.Cell.ID(), tags[:], &b.geometry)
}

// addOutline adds an outline, whose centre is at x, to the geometry.
func (b *buffers) addOutline(o *index.Outline, x int64) {
	n := 0
	for _, d := range o.Offsets() {
		b.ring[n] = b.to.point(x+int64(d[0]), int64(o.Centre.Y)+int64(d[1]))
		n++
	}
	b.geometry.Ring(mvt.Clip(b.ring[:n], b.spare[:]))
}
