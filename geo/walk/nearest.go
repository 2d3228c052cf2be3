package walk

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/geo"
)

// Snap is the point of a graph that is nearest to a location.
type Snap struct {
	Point  orb.Point // on an edge
	Metres float64   // from the location, in a straight line

	edge  uint32
	along float64 // metres from the node at which the edge begins
}

// Nearest returns the point of the graph that is nearest to p. It is false for
// an empty graph and for a point that is not on Earth. Distances are compared on
// a plane at p, so what is thousands of kilometres away may not be the nearest.
func (g *Graph) Nearest(p orb.Point) (Snap, bool) {
	if len(g.edges) == 0 || !geo.Valid(p) {
		return Snap{}, false
	}
	at := pointAt(p)
	s := search{g: g, frame: frameAt(at)}
	var q queue[boxRef]
	top := len(g.tree) - 1
	for i, b := range g.tree[top] {
		q.add(boxRef{top, uint32(i)}, b.metresFrom(s.frame))
	}
	for {
		ref, _ := q.next()
		switch ref.level {
		case found:
			snap := s.snap(ref.index)
			snap.Metres = metres(at, pointAt(snap.Point))
			return snap, true
		case 0:
			q.add(boxRef{found, ref.index}, s.snap(ref.index).Metres)
		default:
			below := g.tree[ref.level-1]
			for i := ref.index * boxesInBox; i < min((ref.index+1)*boxesInBox, uint32(len(below))); i++ {
				q.add(boxRef{ref.level - 1, i}, below[i].metresFrom(s.frame))
			}
		}
	}
}

// boxRef refers to a box of a boxTree, or, at the level found, to an edge whose
// distance is known.
type boxRef struct {
	level int
	index uint32
}

const found = -1

// search is a search for the edge that is nearest to the origin of a frame.
type search struct {
	g *Graph
	frame
	line []point
}

// snap returns the point of an edge that is nearest, with its distance on the
// plane.
func (s *search) snap(edge uint32) Snap {
	s.line = s.g.line(edge, s.line)
	best, along, length := orb.Point{}, 0.0, 0.0
	nearest := math.Inf(1)
	a := s.metres(s.line[0])
	for _, next := range s.line[1:] {
		b := s.metres(next)
		dx, dy := b[0]-a[0], b[1]-a[1]
		squared := dx*dx + dy*dy
		t := 0.0 // share of the segment at which the origin is nearest
		if squared > 0 {
			t = max(0, min(1, -(a[0]*dx+a[1]*dy)/squared))
		}
		p := orb.Point{a[0] + t*dx, a[1] + t*dy}
		if d := math.Hypot(p[0], p[1]); d < nearest {
			nearest, best, along = d, p, length+t*math.Sqrt(squared)
		}
		length += math.Sqrt(squared)
		a = b
	}
	snap := Snap{Point: s.point(best), Metres: nearest, edge: edge}
	if length > 0 {
		snap.along = along / length * s.g.edges[edge].metres()
	}
	return snap
}
