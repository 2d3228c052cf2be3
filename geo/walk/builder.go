package walk

import (
	"math"
	"slices"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/simplify"

	"github.com/pinezka/pinezka/geo"
)

// Tolerance is the distance in metres by which the shape of an edge, which only
// serves to find the nearest point, may differ from that of its line. The length
// of an edge is that of the line.
const Tolerance = 1.0

// Builder makes a graph from the features of a map. The zero value is empty. It
// needs about 60 bytes for each vertex of a line.
type Builder struct {
	points []uint64 // of all lines, as zOrder returns them
	ends   []int    // of the lines in points
}

// Add adds a feature if one may walk on it (Walkable): a line, or the exterior
// outline of an area, such as a square. It ignores all others, and lines with a
// vertex that is not on Earth.
func (b *Builder) Add(f geo.Feature) {
	if !Walkable(f.Tags) {
		return
	}
	switch g := f.Geometry.(type) {
	case orb.LineString:
		b.line(g)
	case orb.Polygon:
		b.area(g)
	case orb.MultiPolygon:
		for _, p := range g {
			b.area(p)
		}
	}
}

func (b *Builder) area(p orb.Polygon) {
	if len(p) > 0 {
		b.line(orb.LineString(p[0]))
	}
}

func (b *Builder) line(line orb.LineString) {
	if slices.ContainsFunc(line, func(p orb.Point) bool { return !geo.Valid(p) }) {
		return
	}
	for _, p := range line {
		b.points = append(b.points, pointAt(p).zOrder())
	}
	b.ends = append(b.ends, len(b.points))
}

// Graph returns the graph of what was added, from data of a date, and empties
// the builder.
func (b *Builder) Graph(date time.Time) *Graph {
	v := b.vertices()
	*b = Builder{}
	g := &Graph{Date: date.UTC().Truncate(time.Second)}
	v.addTo(g)
	g.link()
	return g
}

// vertices are the vertices of all lines, each once, with their neighbours on
// the lines.
type vertices struct {
	points []point  // in Z-order, so that what is near has near numbers
	first  []int    // by vertex, the first of its neighbours; one more for the end
	next   []uint32 // the neighbours, by vertex
	walked []bool   // by neighbour, whether chain has gone there
	isNode []bool   // by vertex
}

// vertices returns the vertices of the lines.
func (b *Builder) vertices() *vertices {
	keys := slices.Clone(b.points)
	slices.Sort(keys)
	keys = slices.Compact(keys)
	segments := make([]uint64, 0, 2*len(b.points)) // a vertex << 32 | the next one, both ways
	begin := 0
	for _, end := range b.ends {
		last := uint64(0)
		for i, key := range b.points[begin:end] {
			at, _ := slices.BinarySearch(keys, key)
			n := uint64(at)
			if i > 0 && n != last {
				segments = append(segments, last<<32|n, n<<32|last)
			}
			last = n
		}
		begin = end
	}
	slices.Sort(segments)
	segments = slices.Compact(segments) // lines can share a segment
	v := &vertices{
		points: make([]point, len(keys)), first: make([]int, len(keys)+1), isNode: make([]bool, len(keys)),
		next: make([]uint32, len(segments)), walked: make([]bool, len(segments)),
	}
	for i, key := range keys {
		v.points[i] = pointInZOrder(key)
	}
	for i, s := range segments {
		v.next[i] = uint32(s)
		v.first[s>>32+1] = i + 1
	}
	for i := range keys { // a line of one point has no neighbours
		v.first[i+1] = max(v.first[i+1], v.first[i])
	}
	v.findNodes()
	return v
}

// findNodes finds the vertices at which a line ends or another one branches off,
// and one on every closed line without such a vertex.
func (v *vertices) findNodes() {
	var chain []uint32
	for i := range v.isNode {
		degree := v.first[i+1] - v.first[i]
		v.isNode[i] = degree > 0 && degree != 2
	}
	for i := range v.isNode {
		if v.isNode[i] {
			v.each(uint32(i), &chain, func() {})
		}
	}
	for i := range v.isNode {
		if v.first[i+1] > v.first[i] && !v.walked[v.first[i]] {
			v.isNode[i] = true
			v.each(uint32(i), &chain, func() {})
		}
	}
	clear(v.walked)
}

// each calls visit for every chain of vertices from a node to the next one that
// it has not been called for, in either direction.
func (v *vertices) each(node uint32, chain *[]uint32, visit func()) {
	for n := v.first[node]; n < v.first[node+1]; n++ {
		if !v.walked[n] {
			*chain = v.chain((*chain)[:0], node, n)
			visit()
		}
	}
}

// chain appends the vertices from a node to the next one, by way of its
// neighbour n.
func (v *vertices) chain(to []uint32, node uint32, n int) []uint32 {
	to = append(to, node)
	for from := node; ; {
		at := v.next[n]
		first, end := v.first[at], v.first[at+1]
		back, _ := slices.BinarySearch(v.next[first:end], from)
		back += first
		v.walked[n], v.walked[back] = true, true
		to = append(to, at)
		if v.isNode[at] {
			return to
		}
		from, n = at, first+end-1-back // the other one of two neighbours
	}
}

// addTo adds the nodes to a graph, and an edge for every chain between two.
func (v *vertices) addTo(g *Graph) {
	number := make([]uint32, len(v.points))
	for i, isNode := range v.isNode {
		if isNode {
			number[i] = uint32(len(g.nodes))
			g.nodes = append(g.nodes, v.points[i])
		}
	}
	var chain []uint32
	var line []point
	for i, isNode := range v.isNode {
		if !isNode {
			continue
		}
		v.each(uint32(i), &chain, func() {
			line = line[:0]
			for _, vertex := range chain {
				line = append(line, v.points[vertex])
			}
			length := 0.0
			for j := 1; j < len(line); j++ {
				length += metres(line[j-1], line[j])
			}
			kept := simplified(line)
			g.shape = append(g.shape, kept[1:len(kept)-1]...)
			g.edges = append(g.edges, edge{
				from: number[i], to: number[chain[len(chain)-1]], shape: uint32(len(g.shape)),
				length: uint32(min(math.MaxUint32, math.Round(length*100))),
			})
		})
	}
}

// maxSimplified is the number of segments that are simplified together, since
// that can take time in proportion to its square.
const maxSimplified = 1000

// simplified returns the vertices of a line without those that differ from it by
// at most Tolerance. It overwrites the line.
//
// Algorithm: Douglas and Peucker, "Algorithms for the reduction of the number of
// points required to represent a digitized line" (1973).
func simplified(line []point) []point {
	out := line[:1]
	var part orb.LineString
	for begin := 0; begin < len(line)-1; begin += maxSimplified {
		end := min(begin+maxSimplified, len(line)-1)
		f := frameAt(line[begin])
		part = part[:0]
		for _, p := range line[begin : end+1] {
			part = append(part, f.metres(p))
		}
		i := begin
		for _, kept := range simplify.DouglasPeucker(Tolerance).LineString(part.Clone())[1:] {
			for i++; part[i-begin] != kept; i++ {
			}
			out = append(out, line[i])
		}
	}
	return out
}
