package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/tiles/mvt"
)

// memorySource is a source of the live index in memory.
type memorySource struct {
	changes civic.Changes
	pins    []civic.MapPin
}

func (memorySource) Timeline(context.Context) (string, error) { return "", nil }

func (m memorySource) Changes(_ context.Context, _ civic.Position, pin func(civic.MapPin)) (civic.Changes, error) {
	for _, p := range m.pins {
		pin(p)
	}
	return m.changes, nil
}

// row is a pin, for the references.
type row struct {
	z        int64 // place on the Z-order curve
	id       int64
	cell     geo.Cell
	x, y     uint32 // geo.Mercator
	category uint16
	area     uint16
	day      civic.Day
	status   civic.Status
	kind     civic.Kind
	point    bool // drawn as a point
}

// readRows reads all pins, in Z-order, so that those of a tile are contiguous.
func (b *bench) readRows(ctx context.Context) error {
	byID := map[uint16]civic.Category{}
	for _, c := range b.v.District.Categories {
		byID[uint16(c.ID)] = c
	}
	b.rows = make([]row, 0, b.v.Len())
	_, err := b.database.Changes(ctx, civic.Position{}, func(p civic.MapPin) {
		at, c := geo.Project(p.Shown.Point), byID[p.CategoryID]
		b.rows = append(b.rows, row{
			zOrder(at.X, at.Y), p.ID, p.Shown.Cell, at.X, at.Y, p.CategoryID, p.AreaID, p.Day, p.Status, c.Kind, c.Visibility != civic.HexOnly,
		})
	})
	if err != nil {
		return fmt.Errorf("read pins: %w", err)
	}
	slices.SortFunc(b.rows, func(a, b row) int { return cmp.Or(cmp.Compare(a.z, b.z), cmp.Compare(a.id, b.id)) })
	return nil
}

// checksum returns a number that differs for other rows.
func (b *bench) checksum() (sum uint64) {
	for _, r := range b.rows {
		for _, v := range [...]uint64{uint64(r.z), uint64(r.id), uint64(r.category), uint64(r.area), uint64(r.day), uint64(r.status)} {
			sum = sum*31 + v
		}
	}
	return sum
}

// zBits is the number of bits of a coordinate in a place on the Z-order curve:
// one less than geo.Mercator has, so that it fits into a bigint of PostgreSQL.
const zBits = 31

// zOrder returns the place of a point on the Z-order curve, whose bits are
// those of y and x in turn. So a tile, and each square of one, is a range.
//
// Algorithm: "Interleave bits by Binary Magic Numbers", Anderson, Bit Twiddling
// Hacks.
func zOrder(x, y uint32) int64 { return int64(spreadBits(y>>1)<<1 | spreadBits(x>>1)) }

func spreadBits(v uint32) uint64 {
	s := uint64(v)
	for _, step := range []struct{ shift, mask uint64 }{
		{16, 0x0000ffff0000ffff}, {8, 0x00ff00ff00ff00ff}, {4, 0x0f0f0f0f0f0f0f0f}, {2, 0x3333333333333333}, {1, 0x5555555555555555},
	} {
		s = (s | s<<step.shift) & step.mask
	}
	return s
}

// zRange returns the range of a tile on the Z-order curve, without its end.
func (t tile) zRange() (first, end int64) {
	first = zOrder(t.X<<(32-t.Z), t.Y<<(32-t.Z))
	return first, first + 1<<(2*(zBits-t.Z))
}

// rowsIn returns the rows of a tile.
func (b *bench) rowsIn(t tile) []row {
	find := func(z int64) int {
		i, _ := slices.BinarySearchFunc(b.rows, z, func(r row, z int64) int { return cmp.Compare(r.z, z) })
		return i
	}
	first, end := t.zRange()
	return b.rows[find(first):find(end)]
}

// randomPoints returns the points of up to n pins in the district, evenly
// distributed by their hashed ids.
func (b *bench) randomPoints(n int) (points []orb.Point) {
	byHash := slices.DeleteFunc(slices.Clone(b.rows), func(r row) bool { return !r.point })
	slices.SortFunc(byHash, func(a, b row) int { return cmp.Compare(hash(a.id), hash(b.id)) })
	for _, r := range byHash[:min(n, len(byHash))] {
		if p := (geo.Mercator{X: r.x, Y: r.y}).Point(); geo.Contains(b.v.District.Boundary, p) {
			points = append(points, p)
		}
	}
	return points
}

// hash returns the hash of an id by which the index chooses the pin that
// represents a square (see tiles/index).
func hash(id int64) uint64 { return uint64(id) * 0x9E3779B97F4A7C15 }

// encodeRows appends a layer with a point for every pin of a tile, as draw.Pins
// does for every cluster.
func (b *bench) encodeRows(dst []byte, l *mvt.Layer, t tile) []byte {
	slugs := b.v.CategorySlugs()
	tags := make([][civic.Active + 1]mvt.Tags, len(slugs)) // by category id and status
	shift := index.MaxZoom - t.Z
	l.Begin(dst, draw.LayerPins)
	one := l.Uint(1)
	for _, r := range b.rowsIn(t) {
		if !r.point {
			continue
		}
		e := &tags[r.category][r.status]
		if e.Empty() {
			for key, text := range [...]string{r.kind.String(), slugs[r.category], r.status.String()} {
				e.Add(uint32(key))
				e.Add(l.Text(text))
			}
			e.Add(3)
		}
		l.Point(uint64(r.id), e, one, mvt.Point{int32(r.x >> shift % mvt.Extent), int32(r.y >> shift % mvt.Extent)})
	}
	return l.End("kind", "category", "status", "n")
}
