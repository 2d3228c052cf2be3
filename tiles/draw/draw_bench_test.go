package draw_test

import (
	"flag"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/internal/tilestest"
	"github.com/pinezka/pinezka/tiles/mvt"
)

var benchPins = flag.Int("pins", 1_000_000, "number of pins of the benchmarks")

// BenchmarkDraw draws a tile with a million pins, and one in which nearly every
// square has pins of every kind ("full"). It reports the time for each pin.
// With -args -pins 10000000 there are ten million.
//
// References on the benchmark's own rows are every-pin, which encodes all pins
// of the tile, and pass-month, which counts the pins of a period in one pass.
func BenchmarkDraw(b *testing.B) {
	n := *benchPins
	pins := normalPins(b, n, 0.01)
	v := newVersion(tilestest.District(), pins)
	rows := columnsOf(pins)
	at, full := maptile.At(orb.Point{19.95, 50.03}, 9), maptile.At(orb.Point{19.95, 50.03}, 14)
	period := civic.Filter{From: 20100, Until: 20501}
	all, months := v.Filter(civic.Filter{}), v.Filter(period)
	buffer := make([]byte, 0, 64<<20)
	for name, f := range map[string]func(){
		"thinned":       func() { buffer = draw.Pins(buffer[:0], v, at, all) },
		"thinned-full":  func() { buffer = draw.Pins(buffer[:0], v, full, all) },
		"thinned-month": func() { buffer = draw.Pins(buffer[:0], v, at, months) },
		"full-month":    func() { buffer = draw.Pins(buffer[:0], v, full, months) },
		"every-pin":     func() { buffer = rows.draw(buffer[:0], at) },
		"stats-month":   func() { v.Stats(period) },
		"pass-month":    func() { rows.count(period) },
		"hexes-month":   func() { buffer = draw.Hexes(buffer[:0], v, at, 9, months) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/pin")
		})
	}
}

// columns are pins as a reference for BenchmarkDraw.
type columns struct {
	x, y     []uint32
	id       []int64
	category []uint16
	status   []civic.Status
	area     []uint16
	day      []uint16

	layer mvt.Layer
	tags  [8][16]mvt.Tags // by category and status
}

func columnsOf(pins []civic.MapPin) (c columns) {
	for _, p := range pins {
		at := geo.Project(p.Shown.Point)
		c.x, c.y, c.id = append(c.x, at.X), append(c.y, at.Y), append(c.id, p.ID)
		c.category, c.status = append(c.category, p.CategoryID), append(c.status, p.Status)
		c.area, c.day = append(c.area, p.AreaID), append(c.day, uint16(p.Day))
	}
	return c
}

// draw encodes every pin of a tile.
func (c *columns) draw(dst []byte, t maptile.Tile) []byte {
	l := &c.layer
	l.Begin(dst, "pins")
	clear(c.tags[:])
	one, shift := l.Uint(1), 32-t.Z-12
	for i, id := range c.id {
		x, y := c.x[i]>>shift-t.X*mvt.Extent, c.y[i]>>shift-t.Y*mvt.Extent
		if x >= mvt.Extent || y >= mvt.Extent {
			continue
		}
		e := &c.tags[c.category[i]][c.status[i]]
		if e.Empty() {
			e.Add(0)
			e.Add(l.Uint(uint64(c.category[i])))
			e.Add(1)
			e.Add(l.Text(c.status[i].String()))
			e.Add(2)
		}
		l.Point(uint64(id), e, one, mvt.Point{int32(x), int32(y)})
	}
	return l.End("category", "status", "n")
}

// count counts the pins of a period in one pass that tests all columns.
func (c *columns) count(f civic.Filter) (n int) {
	var categories, areas [1 << 16]uint8 // 1 for what is selected
	var statuses [1 << 8]uint8
	for i := range categories {
		categories[i], areas[i], statuses[i&0xff] = 1, 1, 1
	}
	from, days := uint16(f.From), uint16(f.Until-1-f.From)
	status, area, day := c.status[:len(c.id)], c.area[:len(c.id)], c.day[:len(c.id)]
	for i, category := range c.category[:len(c.id)] {
		inPeriod := uint8(0)
		if day[i]-from <= days {
			inPeriod = 1
		}
		n += int(categories[category] & statuses[status[i]] & areas[area[i]] & inPeriod)
	}
	return n
}
