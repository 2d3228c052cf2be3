package main

import (
	"cmp"
	"context"
	"slices"
	"sort"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
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
	key                 uint64 // Morton code of x and y
	id                  int64
	x, y                uint32 // geo.Mercator
	category, area, day uint16
	status              civic.Status
}

// readRows reads all pins in order of their Morton codes, so that those of any tile
// are one range.
func (b *bench) readRows(ctx context.Context) error {
	_, err := b.record.Changes(ctx, 0, func(p civic.MapPin) {
		at := geo.Project(p.Shown.Point)
		b.rows = append(b.rows, row{spread(at.X) | spread(at.Y)<<1, p.ID, at.X, at.Y, p.CategoryID, p.AreaID, uint16(p.Day), p.Status})
	})
	slices.SortFunc(b.rows, func(p, q row) int { return cmp.Compare(p.key, q.key) })
	return err
}

// spread returns the bits of n with a zero after each.
func spread(n uint32) uint64 {
	v := uint64(n)
	v = (v | v<<16) & 0x0000_ffff_0000_ffff
	v = (v | v<<8) & 0x00ff_00ff_00ff_00ff
	v = (v | v<<4) & 0x0f0f_0f0f_0f0f_0f0f
	v = (v | v<<2) & 0x3333_3333_3333_3333
	return (v | v<<1) & 0x5555_5555_5555_5555
}

// rowEncoder draws every pin of a tile that may be drawn as a point.
type rowEncoder struct {
	rows       []row
	categories []civic.Category // by id
	layer      mvt.Layer
	tags       [][civic.Active + 1]mvt.Tags // by category id and status
}

func (b *bench) newRowEncoder() *rowEncoder {
	e := &rowEncoder{rows: b.rows, categories: make([]civic.Category, len(b.v.CategorySlugs()))}
	for _, c := range b.v.District.Categories {
		e.categories[c.ID] = c
	}
	e.tags = make([][civic.Active + 1]mvt.Tags, len(e.categories))
	return e
}

func (e *rowEncoder) draw(dst []byte, t tile) []byte {
	shift, code, l := 64-2*t.Z, spread(t.X)|spread(t.Y)<<1, &e.layer
	lo := sort.Search(len(e.rows), func(i int) bool { return e.rows[i].key>>shift >= code })
	hi := sort.Search(len(e.rows), func(i int) bool { return e.rows[i].key>>shift > code })
	l.Begin(dst, "pins")
	clear(e.tags)
	n := l.Uint(1)
	for _, r := range e.rows[lo:hi] {
		c, tags := &e.categories[r.category], &e.tags[r.category][r.status]
		if c.Visibility == civic.HexOnly {
			continue
		}
		if tags.Empty() {
			for key, text := range [...]string{c.Kind.String(), c.Slug, r.status.String()} {
				tags.Add(uint32(key))
				tags.Add(l.Text(text))
			}
			tags.Add(3)
		}
		x, y := r.x>>(20-t.Z)&(mvt.Extent-1), r.y>>(20-t.Z)&(mvt.Extent-1)
		l.Point(uint64(r.id), tags, n, mvt.Point{int32(x), int32(y)})
	}
	return l.End("kind", "category", "status", "n")
}

// columns are the rows as a pass needs them.
type columns struct {
	category, area, day []uint16
	status              []civic.Status
}

// count counts the rows of a period in one pass in which every column is tested.
func (c *columns) count(from, to civic.Day) (n int) {
	var selected [1 << 16]uint8 // by category, status or area: 1 for all
	for i := range selected {
		selected[i] = 1
	}
	first, days := uint16(from), uint16(to-from)
	area, day, status := c.area[:len(c.category)], c.day[:len(c.category)], c.status[:len(c.category)]
	for i, category := range c.category {
		inPeriod := uint8(0)
		if day[i]-first <= days {
			inPeriod = 1
		}
		n += int(selected[category] & selected[status[i]] & selected[area[i]] & inPeriod)
	}
	return n
}
