package tiles

import (
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/geo"
)

// AppendHexes appends the tile's layer "hexes": a polygon for each cell of
// resolution r that overlaps the tile and counts a matching pin, with h3,
// need, potential, organisation and total. A hex on a border is in every tile
// that it overlaps, each time with its whole counts and the same id.
func (v *Version) AppendHexes(dst []byte, t maptile.Tile, r geo.Resolution, m *Match) []byte {
	b := v.brush()
	defer v.done(b)
	b.frame = frameOf(t)
	b.edge = b.frame.box(polygonBuffer)
	b.layer.begin(dst, LayerHexes)
	v.cells(b, r, m, &b.edge, b)
	return b.layer.end("h3", "need", "potential", "organisation", "total")
}

// hex adds a cell to the layer, clipped to the tile.
func (b *brush) hex(h Hex, o *outline) {
	if o == nil {
		o = b.version.outline(h.Cell)
	}
	if !o.bound().meets(b.edge) {
		return
	}
	n := 0
	for _, c := range o.corner[:o.n] {
		b.ring[n] = b.frame.place(int64(o.centre.X)+int64(c[0]), int64(o.centre.Y)+int64(c[1]))
		n++
	}
	p := pen{commands: b.commands[:0]}
	drawn := p.ring(clip(b.ring[:n], b.spare[:]))
	b.commands = p.commands
	if !drawn {
		return
	}
	l := &b.layer
	tags := [10]uint32{
		0, l.hexadecimal(uint64(h.Cell)), 1, l.number(uint64(h.Need)), 2, l.number(uint64(h.Potential)),
		3, l.number(uint64(h.Organisation)), 4, l.number(uint64(h.Total())),
	}
	l.feature(h.Cell.ID(), mvtPolygon, tags[:], p.commands)
}
