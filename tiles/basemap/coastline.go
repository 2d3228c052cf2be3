package basemap

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/planar"
)

// sea returns the sea within a box from coastlines, which have the land on their
// left and the sea on their right. It is empty where no coastline is in the box:
// whether that is land or sea is not known, and land is the better guess for a
// district.
//
// From where a coastline leaves the box, the edge of the sea follows the edge of
// the box clockwise to where the next one enters it:
//
//	┌──────────────────┐
//	│  land     ╭──────► leaves
//	│       ╭───╯░░░░░░│
//	enters ─╯░░ sea ░░░│ ↓
//	│░░░░░░░░░░░░░░░░░░│
//	└──────────────────┘
//	        ←
//
// Closed coastlines are islands, or, where the land is outside, lakes. One that
// ends in the box, because the extract does, is continued in its general
// direction.
func sea(coastlines []orb.LineString, box orb.Bound) orb.MultiPolygon {
	var pieces []orb.LineString // from edge to edge
	var islands []orb.Ring
	var out orb.MultiPolygon
	for _, chain := range joinCoastlines(coastlines) {
		closed := len(chain) > 3 && chain[0] == chain[len(chain)-1]
		inside := box.Contains(chain.Bound().Min) && box.Contains(chain.Bound().Max)
		switch {
		case closed && inside && orb.Ring(chain).Orientation() == orb.CCW:
			islands = append(islands, orb.Ring(chain))
		case closed && inside:
			out = append(out, orb.Polygon{orb.Ring(chain)})
		case closed:
			pieces = append(pieces, clip.LineString(box, beginOutside(chain, box))...)
		default:
			pieces = append(pieces, clip.LineString(box, continueOut(chain, box))...)
		}
	}
	pieces = slices.DeleteFunc(pieces, func(p orb.LineString) bool { return len(p) < 2 || p[0] == p[len(p)-1] })
	if len(pieces) > 0 {
		out = append(out, followEdge(pieces, box)...)
	} else if len(islands) > 0 {
		out = append(out, box.ToPolygon())
	}
	for _, island := range islands {
		i := slices.IndexFunc(out, func(p orb.Polygon) bool { return planar.RingContains(p[0], island[0]) })
		if i >= 0 {
			island.Reverse()
			out[i] = append(out[i], island)
		}
	}
	return out
}

// joinCoastlines joins lines where one begins at the end of another.
func joinCoastlines(lines []orb.LineString) []orb.LineString {
	begins := map[orb.Point]int{}
	ends := map[orb.Point]bool{}
	for i, l := range lines {
		begins[l[0]] = i
		ends[l[len(l)-1]] = true
	}
	used := make([]bool, len(lines))
	follow := func(i int) orb.LineString {
		used[i] = true
		chain := lines[i].Clone()
		for chain[0] != chain[len(chain)-1] {
			next, ok := begins[chain[len(chain)-1]]
			if !ok || used[next] {
				break
			}
			used[next] = true
			chain = append(chain, lines[next][1:]...)
		}
		return chain
	}
	var chains []orb.LineString
	for _, open := range [...]bool{true, false} { // first those that no other precedes
		for i, l := range lines {
			if !used[i] && (!open || !ends[l[0]]) {
				chains = append(chains, follow(i))
			}
		}
	}
	return chains
}

// beginOutside rotates a closed line so that it begins outside the box, if part
// of it is there.
func beginOutside(l orb.LineString, box orb.Bound) orb.LineString {
	i := slices.IndexFunc(l, func(p orb.Point) bool { return !box.Contains(p) })
	if i <= 0 {
		return l
	}
	return append(slices.Clone(l[i:]), l[1:i+1]...)
}

// continueOut continues the ends of a line that are in the box, parallel to the
// line between both, until they are outside.
func continueOut(l orb.LineString, box orb.Bound) orb.LineString {
	from, to := l[0], l[len(l)-1]
	dx, dy := to[0]-from[0], to[1]-from[1]
	longer := max(dx, -dx, dy, -dy)
	if longer == 0 {
		return l
	}
	size := max(box.Max[0]-box.Min[0], box.Max[1]-box.Min[1]) / longer
	out := slices.Clone(l)
	if box.Contains(from) {
		out = slices.Insert(out, 0, orb.Point{from[0] - dx*size, from[1] - dy*size})
	}
	if box.Contains(to) {
		out = append(out, orb.Point{to[0] + dx*size, to[1] + dy*size})
	}
	return out
}

// followEdge joins pieces to rings along the edge of the box.
func followEdge(pieces []orb.LineString, box orb.Bound) orb.MultiPolygon {
	order := make([]int, len(pieces)) // by where they enter
	for i := range order {
		order[i] = i
	}
	enters := func(i int) float64 { return alongEdge(pieces[i][0], box) }
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(enters(a), enters(b)) })
	used := make([]bool, len(pieces))
	var out orb.MultiPolygon
	for _, first := range order {
		if used[first] {
			continue
		}
		var ring orb.Ring
		for i := first; !used[i]; {
			used[i] = true
			ring = append(ring, pieces[i]...)
			leaves := alongEdge(ring[len(ring)-1], box)
			at := slices.IndexFunc(order, func(o int) bool { return enters(o) >= leaves })
			next := order[max(at, 0)] // after the last, the first
			until := enters(next)
			if at < 0 {
				until += 4
			}
			for corner := int(leaves) + 1; float64(corner) < until; corner++ {
				ring = append(ring, cornerOf(corner, box))
			}
			i = next
		}
		if ring = append(ring, ring[0]); len(ring) > 3 {
			out = append(out, orb.Polygon{ring})
		}
	}
	return out
}

// alongEdge returns how far along the edge of the box a point is, clockwise from
// the north-west: 0 to 1 in the north, to 2 in the east, to 3 in the south, and
// to 4 in the west.
func alongEdge(p orb.Point, box orb.Bound) float64 {
	x := (p[0] - box.Min[0]) / (box.Max[0] - box.Min[0])
	y := (p[1] - box.Min[1]) / (box.Max[1] - box.Min[1])
	switch min(1-y, 1-x, y, x) { // the nearest edge
	case 1 - y:
		return x
	case 1 - x:
		return 2 - y
	case y:
		return 3 - x
	default:
		return 3 + y
	}
}

// cornerOf returns a corner of the box by its number along the edge.
func cornerOf(n int, box orb.Bound) orb.Point {
	switch n % 4 {
	case 0:
		return orb.Point{box.Min[0], box.Max[1]}
	case 1:
		return box.Max
	case 2:
		return orb.Point{box.Max[0], box.Min[1]}
	default:
		return box.Min
	}
}
