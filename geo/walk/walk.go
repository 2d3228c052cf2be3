// Package walk measures distances on foot along the streets and paths of
// OpenStreetMap.
//
// A Builder makes a graph of the lines on which one may walk. Lines are joined
// where they have a vertex in common, so a bridge over a street is no junction.
// Vertices where nothing branches off are not nodes, but the shape of an edge:
//
//	lines                          graph
//
//	  a───b───c───d                  a─────────c─────d     nodes a, c, d, f
//	          │                                │           edges a–c, c–d, c–f,
//	          e───f                            └─────f     with their lengths
//
// Squares have their outlines alone: the way across is longer in the graph than
// on foot. A file of a graph (Graph.Write) has the date of the data and a hash.
// An edge takes about 20 bytes there and 75 in memory (go test ./geo/walk -run
// Small -v).
//
// Distances are those on a sphere with the equatorial radius of the Earth
// (orb.EarthRadius), which differ from those on the ellipsoid WGS 84 by at most
// 0.7 % (along a meridian at the equator), and at latitude 50° by at most 0.2 %.
package walk

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
)

// Graph is a walking graph: nodes, which are junctions and dead ends, and edges
// between them. It is made by a Builder or by Read, and is then read only, by
// any number of goroutines.
type Graph struct {
	Date time.Time // of the data, in whole seconds

	nodes []point
	edges []edge
	shape []point // of all edges: the vertices between their nodes, simplified

	first []uint32 // by node, the first of its edges in ends; one more for the end
	ends  []uint32 // edges by node; one from a node to itself is in it twice
	tree  boxTree  // of the edges
}

// edge is a street or path between two nodes.
type edge struct {
	from, to uint32 // nodes
	length   uint32 // centimetres, of the line before it was simplified
	shape    uint32 // the end of its vertices in Graph.shape, which begin at the end of those of the edge before
}

// point is a location in units of 1e-7 degrees, about a centimetre, in which
// OpenStreetMap has its coordinates. The longitude 180 is -180.
type point struct{ lon, lat int32 }

const (
	perDegree = 1e7
	world     = 360 * perDegree
)

func pointAt(p orb.Point) point {
	q := point{int32(math.Round(p.Lon() * perDegree)), int32(math.Round(p.Lat() * perDegree))}
	if q.lon == world/2 {
		q.lon = -world / 2
	}
	return q
}

func (p point) degrees() orb.Point {
	return orb.Point{float64(p.lon) / perDegree, float64(p.lat) / perDegree}
}

// isOnEarth reports whether the coordinates are those of a location.
func (p point) isOnEarth() bool {
	return p.lon >= -world/2 && p.lon < world/2 && p.lat >= -world/4 && p.lat <= world/4
}

// metres returns the distance between two points on the sphere by the haversine
// formula (Sinnott, "Virtues of the Haversine", Sky and Telescope 68, 1984).
func metres(p, q point) float64 { return orbgeo.DistanceHaversine(p.degrees(), q.degrees()) }

// Len returns the number of nodes and the number of edges.
func (g *Graph) Len() (nodes, edges int) { return len(g.nodes), len(g.edges) }

// Length returns the length of all edges in metres.
func (g *Graph) Length() (sum float64) {
	for i := range g.edges {
		sum += g.edges[i].metres()
	}
	return sum
}

// Components returns the number of nodes of each connected part of the graph,
// the largest first.
func (g *Graph) Components() []int {
	parent := make([]uint32, len(g.nodes)) // union-find, with path halving (Tarjan and van Leeuwen, 1984)
	for i := range parent {
		parent[i] = uint32(i)
	}
	root := func(n uint32) uint32 {
		for parent[n] != n {
			parent[n] = parent[parent[n]]
			n = parent[n]
		}
		return n
	}
	for _, e := range g.edges {
		parent[root(e.from)] = root(e.to)
	}
	size := map[uint32]int{}
	for n := range g.nodes {
		size[root(uint32(n))]++
	}
	var sizes []int
	for _, n := range size {
		sizes = append(sizes, n)
	}
	slices.SortFunc(sizes, func(a, b int) int { return cmp.Compare(b, a) })
	return sizes
}

func (e *edge) metres() float64 { return float64(e.length) / 100 }

// line returns the vertices of an edge, simplified, in the space of to.
func (g *Graph) line(i uint32, to []point) []point {
	begin := uint32(0)
	if i > 0 {
		begin = g.edges[i-1].shape
	}
	e := &g.edges[i]
	to = append(to[:0], g.nodes[e.from])
	to = append(to, g.shape[begin:e.shape]...)
	return append(to, g.nodes[e.to])
}

// link sets what follows from the nodes, edges and shapes.
func (g *Graph) link() {
	g.first = make([]uint32, len(g.nodes)+1)
	for _, e := range g.edges {
		g.first[e.from]++
		g.first[e.to]++
	}
	end := uint32(0)
	for i, n := range g.first {
		end += n
		g.first[i] = end
	}
	g.ends = make([]uint32, end)
	for i, e := range g.edges {
		for _, n := range [2]uint32{e.from, e.to} {
			g.first[n]--
			g.ends[g.first[n]] = uint32(i)
		}
	}
	g.tree = newBoxTree(g)
}

// edgesOf returns the edges of a node.
func (g *Graph) edgesOf(node uint32) []uint32 { return g.ends[g.first[node]:g.first[node+1]] }
