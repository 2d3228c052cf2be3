package disclosuretest

import (
	"math"
	"math/rand/v2"

	"github.com/paulmach/orb"
	"github.com/uber/h3-go/v4"

	"github.com/pinezka/pinezka/analysis/disclosure"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// Clusters returns two years of about n reports in a district of 469 cells of
// resolution 9, whose areas are parents of resolution 7: a Neyman–Scott process,
// of clusters of unequal size, with a standard deviation of 250 m, beside a
// third of reports that are anywhere. A contributor sends 1.25 reports on
// average, and summer has twice as many as winter.
func Clusters(r *rand.Rand, n int) Study {
	const clusters, deviation, metresPerDegree = 25, 250, 111_320
	centre := orb.Point{19.98, 50.03}
	cell, err := geo.CellAt(centre)
	if err != nil {
		panic(err)
	}
	disk, err := h3.Cell(cell.Parent(9)).GridDisk(12)
	if err != nil {
		panic(err)
	}
	s := Study{First: 54 * 12, Last: 54*12 + 23}
	areas, units := map[geo.Cell]int32{}, map[geo.Cell]disclosure.Unit{}
	for _, d := range disk {
		c := geo.Cell(d)
		if _, known := areas[c.Parent(7)]; !known {
			areas[c.Parent(7)] = int32(len(areas) + 1)
		}
		u := disclosure.Unit{Area: areas[c.Parent(7)], Cell: c}
		s.Units, units[c] = append(s.Units, u), u
	}
	anywhere := func() geo.Cell { return s.Units[r.IntN(len(s.Units))].Cell }
	var places []orb.Point
	var weights []float64
	total := 0.0
	for range clusters {
		places = append(places, anywhere().Centre())
		total += math.Exp(r.NormFloat64())
		weights = append(weights, total)
	}
	for len(s.Reports) < n {
		at := anywhere()
		if r.IntN(3) > 0 {
			x, i := r.Float64()*total, 0
			for weights[i] < x {
				i++
			}
			north, east := r.NormFloat64()*deviation/metresPerDegree, r.NormFloat64()*deviation/metresPerDegree
			p := orb.Point{places[i].Lon() + east/math.Cos(places[i].Lat()*math.Pi/180), places[i].Lat() + north}
			c, err := geo.CellAt(p)
			if err != nil {
				panic(err)
			}
			at = c.Parent(9)
		}
		u, inside := units[at]
		month := r.IntN(24)
		if summer := month%12 >= 3 && month%12 <= 8; !inside || !summer && r.IntN(2) == 0 {
			continue
		}
		voice := uint64(len(s.Reports))
		if len(s.Reports) > 0 && r.IntN(5) == 0 {
			voice = s.Reports[r.IntN(len(s.Reports))].Voice
		}
		s.Reports = append(s.Reports, disclosure.Report{
			Pin: int64(len(s.Reports)), Unit: u, Month: s.First + civic.Month(month), Voice: voice,
		})
	}
	return s
}
