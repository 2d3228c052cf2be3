package main

import (
	"context"

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

// row is a pin, for the references in memory.
type row struct {
	id       int64
	x, y     uint32 // geo.Mercator
	category uint16
	status   civic.Status
	day      civic.Day
}

// readRows reads all pins.
func (b *bench) readRows(ctx context.Context) error {
	_, err := b.database.Changes(ctx, 0, func(p civic.MapPin) {
		at := geo.Project(p.Shown.Point)
		b.rows = append(b.rows, row{p.ID, at.X, at.Y, p.CategoryID, p.Status, p.Day})
	})
	return err
}

// rowsIn appends the rows of a tile that may be drawn as points.
func (b *bench) rowsIn(dst []row, t tile) []row {
	hexOnly := make([]bool, len(b.v.CategorySlugs()))
	for _, c := range b.v.District.Categories {
		hexOnly[c.ID] = c.Visibility == civic.HexOnly
	}
	for _, r := range b.rows {
		if r.x>>(32-t.Z) == t.X && r.y>>(32-t.Z) == t.Y && !hexOnly[r.category] {
			dst = append(dst, r)
		}
	}
	return dst
}

// encodeRows appends a layer with a point for every row, as draw.Pins does for
// every cluster.
func (b *bench) encodeRows(dst []byte, l *mvt.Layer, rows []row, t tile) []byte {
	slugs := b.v.CategorySlugs()
	tags := make([][civic.Active + 1]mvt.Tags, len(slugs)) // by category id and status
	shift := index.MaxZoom - t.Z
	l.Begin(dst, draw.LayerPins)
	one := l.Uint(1)
	for _, r := range rows {
		e := &tags[r.category][r.status]
		if e.Empty() {
			c, _ := b.v.District.Category(slugs[r.category])
			for key, text := range [...]string{c.Kind.String(), c.Slug, r.status.String()} {
				e.Add(uint32(key))
				e.Add(l.Text(text))
			}
			e.Add(3)
		}
		l.Point(uint64(r.id), e, one, mvt.Point{int32(r.x >> shift % mvt.Extent), int32(r.y >> shift % mvt.Extent)})
	}
	return l.End("kind", "category", "status", "n")
}
