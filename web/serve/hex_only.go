package serve

import (
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
)

// HexOnlyCount tells what a response counts of the pins that are published only in
// counts.
type HexOnlyCount struct {
	Total    int  `json:"total"`     // that are counted
	SetAside bool `json:"set_aside"` // whether the query sets the counts of some aside
}

// HexOnly returns what is counted beside the pins that a query selects. The
// statistics are those of its filter.
func HexOnly(stats *index.Stats, q civic.PinQuery) HexOnlyCount {
	out := HexOnlyCount{stats.HexOnly, stats.SetAside}
	if !q.CountsHexOnly() {
		out.Total, out.SetAside = 0, out.SetAside || out.Total > 0
	}
	return out
}
