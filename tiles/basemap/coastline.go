package basemap

import (
	"cmp"
	"math"
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
// ends in the box, because the extract does, is continued to the edge.
func sea(coastlines []orb.LineString, box orb.Bound) orb.MultiPolygon {
	var pieces []piece
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
			pieces = append(pieces, piecesOf(beginOutside(chain, box), box)...)
		default:
			pieces = append(pieces, piecesOf(chain, box)...)
		}
	}
	continueToEdge(pieces, box)
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

// piece is the part of a coastline from where it enters the box to where it
// leaves it, as distances along the edge. One that begins or ends within the box
// is open at that end.
type piece struct {
	line               orb.LineString
	enters, leaves     float64
	openStart, openEnd bool
	dx, dy             float64 // of the whole coastline, from its begin to its end
}

// piecesOf returns the pieces of a coastline that are in the box.
func piecesOf(l orb.LineString, box orb.Bound) []piece {
	var out []piece
	from, to := l[0], l[len(l)-1]
	for _, part := range clip.LineString(box, l) {
		if len(part) < 2 {
			continue
		}
		first, last := part[0], part[len(part)-1]
		out = append(out, piece{
			line: part, enters: alongEdge(first, box), leaves: alongEdge(last, box),
			openStart: !onEdge(first, box), openEnd: !onEdge(last, box),
			dx: to[0] - from[0], dy: to[1] - from[1],
		})
	}
	return out
}

// continueToEdge continues the open ends of pieces parallel to the line from the
// begin to the end of the coastline, until they are at the edge. Clockwise along
// the edge, places where a coastline leaves and where one enters must alternate;
// where a continuation would not fit between others, its end is moved along the
// edge to the nearest place where it does. Since that depends on which is placed
// first, the better of two orders is taken.
func continueToEdge(pieces []piece, box orb.Bound) {
	var edge []crossing
	var open []*crossing
	for i := range pieces {
		p := &pieces[i]
		if p.openStart {
			p.enters = reach(p.line[0], -p.dx, -p.dy, box)
			open = append(open, &crossing{p.enters, true, &p.enters})
		} else {
			edge = append(edge, crossing{at: p.enters, enters: true})
		}
		if p.openEnd {
			p.leaves = reach(p.line[len(p.line)-1], p.dx, p.dy, box)
			open = append(open, &crossing{p.leaves, false, &p.leaves})
		} else {
			edge = append(edge, crossing{at: p.leaves})
		}
	}
	place := func() (moved float64) {
		list := slices.Clone(edge)
		for _, c := range open {
			moved += fit(&list, c)
		}
		return moved
	}
	forwards := place()
	slices.Reverse(open)
	if place() > forwards {
		slices.Reverse(open)
		place()
	}
	for i := range pieces {
		p := &pieces[i]
		if p.openStart {
			p.line = slices.Insert(p.line, 0, edgePoint(p.enters, box))
		}
		if p.openEnd {
			p.line = append(p.line, edgePoint(p.leaves, box))
		}
	}
}

// crossing is a place where a coastline crosses the edge of the box.
type crossing struct {
	at     float64 // along the edge
	enters bool
	fitted *float64 // where it has been moved to, of an open end
}

// fit adds c to the crossings of the edge, at its place or at the nearest one
// between two crossings of the other kind, and returns how far it has moved.
func fit(edge *[]crossing, c *crossing) float64 {
	list := *edge
	slices.SortFunc(list, func(a, b crossing) int { return cmp.Compare(a.at, b.at) })
	best, distance := c.at, 8.0
	const beside = 1e-9
	for i, before := range list {
		after := list[(i+1)%len(list)]
		if before.enters == c.enters || after.enters == c.enters {
			continue
		}
		width := after.at - before.at
		if width <= 0 {
			width += 4
		}
		from := c.at - before.at // clockwise
		if from < 0 {
			from += 4
		}
		switch {
		case from <= width:
			best, distance = c.at, 0
		case from-width < distance && from-width <= 4-from:
			best, distance = after.at-beside, from-width
		case 4-from < distance:
			best, distance = before.at+beside, 4-from
		}
	}
	*c.fitted = math.Mod(best+4, 4)
	*edge = append(list, crossing{at: *c.fitted, enters: c.enters})
	if distance > 4 { // it fits nowhere
		return 0
	}
	return distance
}

// reach returns where the edge is in a direction from a point, or the nearest
// place on it where there is no direction.
func reach(p orb.Point, dx, dy float64, box orb.Bound) float64 {
	longer := max(dx, -dx, dy, -dy)
	if longer == 0 {
		return alongEdge(p, box)
	}
	size := 2 * max(box.Max[0]-box.Min[0], box.Max[1]-box.Min[1]) / longer
	for _, l := range clip.LineString(box, orb.LineString{p, {p[0] + dx*size, p[1] + dy*size}}) {
		return alongEdge(l[len(l)-1], box)
	}
	return alongEdge(p, box)
}

func onEdge(p orb.Point, box orb.Bound) bool {
	return p[0] <= box.Min[0] || p[0] >= box.Max[0] || p[1] <= box.Min[1] || p[1] >= box.Max[1]
}

// followEdge joins pieces to rings along the edge of the box.
func followEdge(pieces []piece, box orb.Bound) orb.MultiPolygon {
	slices.SortFunc(pieces, func(a, b piece) int { return cmp.Compare(a.enters, b.enters) })
	used := make([]bool, len(pieces))
	var out orb.MultiPolygon
	for first := range pieces {
		var ring orb.Ring
		for i := first; !used[i]; {
			used[i] = true
			ring = append(ring, pieces[i].line...)
			leaves := pieces[i].leaves
			next := slices.IndexFunc(pieces, func(p piece) bool { return p.enters >= leaves })
			turn := 0.0
			if next < 0 { // after the last, the first
				next, turn = 0, 4
			}
			until := pieces[next].enters + turn
			for corner := int(leaves) + 1; float64(corner) < until; corner++ {
				ring = append(ring, cornerOf(corner, box))
			}
			i = next
		}
		if len(ring) > 2 {
			out = append(out, orb.Polygon{append(ring, ring[0])})
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

// edgePoint returns the point of a distance along the edge.
func edgePoint(at float64, box orb.Bound) orb.Point {
	side := int(at)
	from, to := cornerOf(side, box), cornerOf(side+1, box)
	part := at - float64(side)
	return orb.Point{from[0] + part*(to[0]-from[0]), from[1] + part*(to[1]-from[1])}
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
