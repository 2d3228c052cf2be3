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
