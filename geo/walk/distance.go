package walk

import (
	"math"

	"github.com/paulmach/orb"
)

// Distance returns the length in metres of the shortest way on foot between two
// locations: straight to the nearest point of the graph, along its edges, and
// straight to the other location. It is false when there is no way of at most
// limit metres.
//
// Algorithm: Dijkstra, "A note on two problems in connexion with graphs" (1959).
func (g *Graph) Distance(from, to orb.Point, limit float64) (metres float64, ok bool) {
	begin, ok1 := g.Nearest(from)
	end, ok2 := g.Nearest(to)
	if !ok1 || !ok2 {
		return 0, false
	}
	first, last := &g.edges[begin.edge], &g.edges[end.edge]
	shortest := math.Inf(1)
	if begin.edge == end.edge {
		shortest = begin.Metres + math.Abs(begin.along-end.along) + end.Metres
	}
	reached := map[uint32]float64{} // by node, the shortest way that is known
	var q queue[uint32]
	reach := func(node uint32, metres float64) {
		if known, ok := reached[node]; metres <= limit && (!ok || metres < known) {
			reached[node] = metres
			q.add(node, metres)
		}
	}
	reach(first.from, begin.Metres+begin.along)
	reach(first.to, begin.Metres+first.metres()-begin.along)
	for len(q) > 0 {
		node, metres := q.next()
		if metres >= shortest {
			break
		}
		if metres > reached[node] {
			continue // a shorter way was found later
		}
		if node == last.from {
			shortest = min(shortest, metres+end.along+end.Metres)
		}
		if node == last.to {
			shortest = min(shortest, metres+last.metres()-end.along+end.Metres)
		}
		for _, i := range g.edgesOf(node) {
			e := &g.edges[i]
			reach(e.from^e.to^node, metres+e.metres()) // the other end
		}
	}
	return shortest, shortest <= limit
}
