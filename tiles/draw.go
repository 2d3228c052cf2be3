package tiles

import (
	"fmt"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// The layers of a district.
const (
	LayerPins  = "pins"
	LayerHexes = "hexes"
	LayerAreas = "areas"
)

// CheckTile reports civic.ErrInvalid for a tile that does not exist.
func CheckTile(t maptile.Tile) error {
	if t.Z > MaxZoom {
		return fmt.Errorf("%w: zoom %d is not 0 to %d", civic.ErrInvalid, t.Z, MaxZoom)
	}
	if side := uint32(1) << t.Z; t.X >= side || t.Y >= side {
		return fmt.Errorf("%w: tile %d/%d/%d lies outside 0 to %d", civic.ErrInvalid, t.Z, t.X, t.Y, side-1)
	}
	return nil
}

// ZoomResolution is the resolution of hexes that reads well at a zoom: a hex is
// 20 to 60 pixels wide.
func ZoomResolution(z maptile.Zoom) geo.Resolution {
	r := geo.Resolution((7*int(z) + 11) / 10) // a zoom is a factor of 2, a resolution one of √7
	return max(MinResolution, min(MaxResolution, r))
}

// AppendPins appends the tile's layer "pins": one point for each matching pin
// whose category may be drawn as points, with kind, category and status. Each
// pin is in exactly one tile of a zoom.
func (v *Version) AppendPins(dst []byte, t maptile.Tile, m *Match) []byte {
	m = m.points(v)
	in := frameOf(t)
	edge := in.box(0)
	l := beginLayer(dst, LayerPins, []string{"kind", "category", "status"})
	d := newDictionary(v, &l)
	geometry := []uint32{moveTo1, 0, 0}
	v.runs(edge, func(c *columns, gone rowSet, lo, hi int, inside bool) {
		for i := lo; i < hi; i++ {
			x, y := c.x[i], c.y[i]
			if !inside && (x < edge.minX || x > edge.maxX || y < edge.minY || y > edge.maxY) {
				continue
			}
			if gone.has(i) || !m.row(c, i) {
				continue
			}
			at := in.place(int64(x), int64(y))
			geometry[1], geometry[2] = zigzag(at[0]), zigzag(at[1])
			l.feature(uint64(c.id[i]), mvtPoint, d.tags(c.category[i], c.status[i]), geometry)
		}
	})
	return l.end()
}

// dictionary numbers the values of a layer of pins as they are first met.
type dictionary struct {
	v          *Version
	l          *layer
	slugs      []string // by category ID
	categories []uint32 // by category ID, number + 1
	kinds      [civic.Organisation + 1]uint32
	statuses   [civic.Active + 1]uint32
	pairs      [6]uint32
}

func newDictionary(v *Version, l *layer) *dictionary {
	d := &dictionary{v: v, l: l, slugs: make([]string, len(v.kinds)), categories: make([]uint32, len(v.kinds))}
	for _, c := range v.District.Categories {
		d.slugs[c.ID] = c.Slug
	}
	return d
}

// tags of a feature. They are overwritten by the next call.
func (d *dictionary) tags(category uint16, status civic.Status) []uint32 {
	kind := d.v.kinds[category]
	if d.kinds[kind] == 0 {
		d.kinds[kind] = d.l.text(kind.String()) + 1
	}
	if d.categories[category] == 0 {
		d.categories[category] = d.l.text(d.slugs[category]) + 1
	}
	if d.statuses[status] == 0 {
		d.statuses[status] = d.l.text(status.String()) + 1
	}
	d.pairs = [6]uint32{0, d.kinds[kind] - 1, 1, d.categories[category] - 1, 2, d.statuses[status] - 1}
	return d.pairs[:]
}

// AppendHexes appends the tile's layer "hexes": a polygon for each cell of
// resolution r that overlaps the tile and counts a matching pin, with h3,
// need, potential, organisation and total. A hex on a border is in every tile
// that it overlaps, each time with its whole counts and the same id.
func (v *Version) AppendHexes(dst []byte, t maptile.Tile, r geo.Resolution, m *Match) []byte {
	in := frameOf(t)
	edge := in.box(polygonBuffer)
	l := beginLayer(dst, LayerHexes, []string{"h3", "need", "potential", "organisation", "total"})
	numbers := map[int]uint32{}
	number := func(n int) uint32 {
		at, ok := numbers[n]
		if !ok {
			at = l.number(uint64(n))
			numbers[n] = at
		}
		return at
	}
	var (
		p           pen
		ring, spare [32][2]int32
	)
	v.cells(r, m, &edge, func(h Hex, o *outline) {
		if o == nil {
			fresh := outlineOf(h.Cell)
			o = &fresh
		}
		if !o.bound().meets(edge) {
			return
		}
		n := 0
		for _, c := range o.corner[:o.n] {
			ring[n] = in.place(int64(o.centre.X)+int64(c[0]), int64(o.centre.Y)+int64(c[1]))
			n++
		}
		p = pen{commands: p.commands[:0]}
		if !p.ring(clip(ring[:n], spare[:])) {
			return
		}
		l.feature(h.Cell.ID(), mvtPolygon, []uint32{
			0, l.text(h.Cell.String()), 1, number(h.Need), 2, number(h.Potential),
			3, number(h.Organisation), 4, number(h.Total()),
		}, p.commands)
	})
	return l.end()
}

// AppendAreas appends the tile's layer "areas": a polygon for each area of the
// filter (all, where it names none), with its slug and name.
func (v *Version) AppendAreas(dst []byte, t maptile.Tile, f civic.Filter) []byte {
	in := frameOf(t)
	edge := in.box(polygonBuffer)
	l := beginLayer(dst, LayerAreas, []string{"slug", "name"})
	for _, a := range v.District.Areas {
		if !holds(f.Areas, a.Slug) {
			continue
		}
		if commands := in.polygons(a.Boundary, edge); len(commands) > 0 {
			l.feature(uint64(a.ID), mvtPolygon, []uint32{0, l.text(a.Slug), 1, l.text(a.Name)}, commands)
		}
	}
	return l.end()
}

// polygons is mp as commands, clipped to the tile and its buffer: outer rings
// clockwise on the map, holes the other way.
func (f frame) polygons(mp orb.MultiPolygon, edge box) []uint32 {
	var p pen
	for _, polygon := range mp {
		for i, ring := range polygon {
			points := make([][2]int32, 0, len(ring))
			for j := len(ring) - 1; j > 0; j-- { // RFC 7946 winds the other way
				at := geo.Project(ring[j])
				points = append(points, f.place(int64(at.X), int64(at.Y)))
			}
			points = clip(points, make([][2]int32, 0, len(points)+8))
			if !p.ring(points) && i == 0 {
				break // no outer ring, no holes
			}
		}
	}
	return p.commands
}
