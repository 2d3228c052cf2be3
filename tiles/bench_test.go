package tiles_test

import (
	"flag"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
)

var benchPins = flag.Int("pins", 1_000_000, "pins of BenchmarkDraw")

// BenchmarkDraw draws one tile that holds a million pins, and one in which nearly
// every square has pins of every kind ("full"). It reports the time a pin. With
// -args -pins 10000000 it has ten million.
func BenchmarkDraw(b *testing.B) {
	n := *benchPins
	v := tiles.Build(district(), scattered(b, n, 0.01))
	at, full := maptile.At(orb.Point{19.95, 50.03}, 9), maptile.At(orb.Point{19.95, 50.03}, 14)
	open, months := v.Match(civic.Filter{}), v.Match(civic.Filter{From: 20100, To: 20500})
	buffer := make([]byte, 0, 64<<20)
	for name, f := range map[string]func(){
		"thinned":       func() { buffer = v.AppendPins(buffer[:0], at, open) },
		"thinned-full":  func() { buffer = v.AppendPins(buffer[:0], full, open) },
		"thinned-month": func() { buffer = v.AppendPins(buffer[:0], at, months) },
		"full-month":    func() { buffer = v.AppendPins(buffer[:0], full, months) },
		"every-pin":     func() { buffer = v.AppendEveryPin(buffer[:0], at, open) },
		"stats-month":   func() { v.Stats(civic.Filter{From: 20100, To: 20500}) },
		"pass-month":    func() { v.Pass(civic.Filter{From: 20100, To: 20500}) },
		"hexes-month":   func() { buffer = v.AppendHexes(buffer[:0], at, 9, months) },
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

// BenchmarkMerge merges the most changed part of an index of a million pins of
// which 8192 have changed, all over it.
func BenchmarkMerge(b *testing.B) {
	pins := scattered(b, *benchPins, 0.01)
	v := tiles.Build(district(), pins)
	var changed []civic.MapPin
	for i := 0; i < len(pins); i += len(pins) / 8192 {
		pin := pins[i]
		pin.ID += int64(len(pins)) // a new one in the same place
		changed = append(changed, pin)
	}
	v = tiles.Apply(v, changed)
	b.ReportAllocs()
	for b.Loop() {
		tiles.Merge(v)
	}
}

// BenchmarkApply applies a hundred new pins, of which 8192 wait for a merge.
func BenchmarkApply(b *testing.B) {
	pins := scattered(b, *benchPins, 0.01)
	v := tiles.Build(district(), pins[:len(pins)-8292])
	v = tiles.Apply(v, pins[len(pins)-8292:len(pins)-100])
	b.ReportAllocs()
	for b.Loop() {
		tiles.Apply(v, pins[len(pins)-100:])
	}
}
