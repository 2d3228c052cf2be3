package store_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
)

// BenchmarkPublishCounts publishes the counts of 24 months of 20 hex-only categories
// at once, and those of the last month after all others, of a district with so many
// pins. Then it reads what is published of half a year in an area.
func BenchmarkPublishCounts(b *testing.B) {
	const months = 24
	first := day(2024, 1, 1)
	last := (first.Month() + months).First()
	for _, n := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprintf("pins=%d", n), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				s, d := openHexOnly(b, n, first, last)
				b.StartTimer()
				publish := func(on civic.Day) {
					if _, err := s.PublishCounts(b.Context(), d.Slug, on.Time()); err != nil {
						b.Fatal(err)
					}
				}
				publish((last.Month() - 1).First())
				before := b.Elapsed()
				publish(last)
				b.ReportMetric((b.Elapsed() - before).Seconds(), "s/last-month")
				b.StopTimer()
				read := time.Now()
				counts, err := s.HexOnlyCounts(b.Context(), d, civic.HexOnlyQuery{From: (last.Month() - 6).First(), Until: last, Areas: []int32{d.Areas[0].ID}})
				if err != nil || len(counts) != len(d.Categories) {
					b.Fatal(len(counts), err)
				}
				b.ReportMetric(float64(time.Since(read).Milliseconds()), "ms/half-year")
				s.Close()
				b.StartTimer()
			}
		})
	}
}

// openHexOnly returns a store and a district with n pins of 20 hex-only
// categories from a day to the one before last.
func openHexOnly(b *testing.B, n int, first, last civic.Day) (*store.Store, *civic.District) {
	b.Helper()
	s, err := store.Open(b.Context(), store.Config{URL: storetest.URL(b), Keys: storetest.Keys(b)})
	if err != nil {
		b.Fatal(err)
	}
	d := district()
	d.Categories = nil
	for i := range 20 {
		d.Categories = append(d.Categories, civic.Category{
			Slug: fmt.Sprintf("fear-%d", i), Kind: civic.Need, Visibility: civic.HexOnly, Colour: "#333366", Label: civic.Text{"en": fmt.Sprint("Fear ", i)},
		})
	}
	r := rand.New(rand.NewPCG(14, 14))
	err = s.LoadDistrict(b.Context(), &d, func() iter.Seq2[civic.NewPin, error] {
		return func(yield func(civic.NewPin, error) bool) {
			for i := range n {
				if !yield(d.Accept(civic.Draft{
					Category: d.Categories[i%len(d.Categories)].Slug, Title: "Fear", Point: orb.Point{19.9 + 0.2*r.Float64(), 50 + 0.1*r.Float64()},
					ReportedOn: first + civic.Day(r.IntN(int(last-first))),
				}, civic.MaxDay)) {
					return
				}
			}
		}
	})
	if err != nil {
		b.Fatal(err)
	}
	return s, &d
}
