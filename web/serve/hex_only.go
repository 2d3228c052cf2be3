package serve

import (
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
)

// HexOnlyCount tells what a response counts of the pins that are published only in
// counts.
type HexOnlyCount struct {
	Total    int  `json:"total"`            // that are counted
	SetAside bool `json:"set_aside"`        // whether the query sets the counts of some aside
	Larger   int  `json:"larger,omitempty"` // that a statistic by cell sets aside, since they are shown in larger cells only
}

// HexOnly returns what is counted beside the pins that a query selects. The
// statistics are those of its filter.
func HexOnly(stats *index.Stats, q civic.PinQuery) HexOnlyCount {
	out := HexOnlyCount{Total: stats.HexOnly, SetAside: stats.SetAside}
	if !q.CountsHexOnly() {
		out.Total, out.SetAside = 0, out.SetAside || out.Total > 0
	}
	return out
}

// HexOnlyIn returns what a statistic in cells of resolution r counts beside the pins
// that a query selects: not those that are shown in larger cells only
// (civic.District.ShownIn). The statistics are those of its filter.
func HexOnlyIn(d *civic.District, r geo.Resolution, stats *index.Stats, q civic.PinQuery) HexOnlyCount {
	out := HexOnly(stats, q)
	if !q.CountsHexOnly() {
		return out
	}
	for _, c := range d.Categories {
		if c.ShownResolution() < r {
			out.Larger += stats.ByCategory[c.Slug]
		}
	}
	return HexOnlyCount{out.Total - out.Larger, out.SetAside || out.Larger > 0, out.Larger}
}
