package osm

import (
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// assemble returns the area of a relation to the caller. Its ways are joined in
// any order and direction; a ring that cannot be closed is left out and counted.
func (b *builder) assemble(r areaRelation) error {
	var outer, inner [][]int64
	for _, m := range r.members {
		if nodes := b.members[m.way]; len(nodes) > 1 && m.inner {
			inner = append(inner, nodes)
		} else if len(nodes) > 1 {
			outer = append(outer, nodes)
		}
	}
	area := nest(b.rings(outer), b.rings(inner))
	if len(area) == 0 {
		return nil
	}
	return b.add(r.tags, area)
}

// rings returns the rings of ways.
func (b *builder) rings(ways [][]int64) []orb.Ring {
	var rings []orb.Ring
	for _, chain := range joinWays(ways) {
		ring := orb.Ring(b.line(chain))
		if len(ring) < 3 {
			continue
		}
		if closed := chain[0] == chain[len(chain)-1]; !closed {
			if !b.mayClose(ring[0], ring[len(ring)-1]) {
				b.file.found.BrokenRings++
				continue
			}
			b.file.found.ClosedRings++
		}
		if ring[0] != ring[len(ring)-1] {
			ring = append(ring, ring[0])
		}
		if len(ring) >= 4 {
			rings = append(rings, ring)
		}
	}
	return rings
}

// edge is the part of the size of an extract that counts as its edge, where it
// was cut.
const edge = 0.02

// mayClose reports whether the ends of a ring can be joined by a straight line:
// where the extract was cut, which is outside the boxes, or else at the edge of
// the extract.
func (b *builder) mayClose(from, to orb.Point) bool {
	atCut := func(p orb.Point) bool {
		if len(b.file.Boxes) > 0 && !slices.ContainsFunc(b.file.Boxes, func(box orb.Bound) bool { return box.Contains(p) }) {
			return true
		}
		all := b.file.bound
		if all.IsEmpty() {
			return false
		}
		dx, dy := edge*(all.Max.Lon()-all.Min.Lon()), edge*(all.Max.Lat()-all.Min.Lat())
		return p.Lon() < all.Min.Lon()+dx || p.Lon() > all.Max.Lon()-dx || p.Lat() < all.Min.Lat()+dy || p.Lat() > all.Max.Lat()-dy
	}
	return atCut(from) && atCut(to)
}

// joinWays joins ways where their ends meet until each is closed or no other
// continues it.
//
//	1─2─3   5─4─3   5─1   ⟶   1─2─3─4─5─1
func joinWays(ways [][]int64) [][]int64 {
	ends := map[int64][]int{} // ways by the nodes at their ends
	for i, w := range ways {
		if w[0] != w[len(w)-1] {
			ends[w[0]] = append(ends[w[0]], i)
			ends[w[len(w)-1]] = append(ends[w[len(w)-1]], i)
		}
	}
	used := make([]bool, len(ways))
	// extend appends ways to a chain while some begin or end at its end.
	extend := func(chain []int64) []int64 {
		for chain[0] != chain[len(chain)-1] {
			last := chain[len(chain)-1]
			i := slices.IndexFunc(ends[last], func(i int) bool { return !used[i] })
			if i < 0 {
				break
			}
			next := ways[ends[last][i]]
			used[ends[last][i]] = true
			if next[0] != last {
				next = slices.Clone(next)
				slices.Reverse(next)
			}
			chain = append(chain, next[1:]...)
		}
		return chain
	}
	var chains [][]int64
	for i, w := range ways {
		if used[i] {
			continue
		}
		used[i] = true
		chain := extend(slices.Clone(w))
		if chain[0] != chain[len(chain)-1] {
			slices.Reverse(chain)
			chain = extend(chain)
		}
		chains = append(chains, chain)
	}
	return chains
}

// nest returns outer rings counter-clockwise, each with the inner rings, made
// clockwise, that are within it.
func nest(outer, inner []orb.Ring) orb.MultiPolygon {
	area := make(orb.MultiPolygon, len(outer))
	bounds := make([]orb.Bound, len(outer))
	for i, r := range outer {
		area[i] = orb.Polygon{turn(r, orb.CCW)}
		bounds[i] = r.Bound()
	}
	for _, hole := range inner {
		best := -1
		for i := range area { // of nested outer rings, the smallest
			if bounds[i].Contains(hole[0]) && planar.RingContains(area[i][0], interior(hole)) &&
				(best < 0 || bounds[best].Contains(bounds[i].Min) && bounds[best].Contains(bounds[i].Max)) {
				best = i
			}
		}
		if best >= 0 {
			area[best] = append(area[best], turn(hole, orb.CW))
		}
	}
	return area
}

// interior returns a point of a ring that is not a vertex, which rings may
// share: the middle of its first edge.
func interior(r orb.Ring) orb.Point {
	return orb.Point{(r[0][0] + r[1][0]) / 2, (r[0][1] + r[1][1]) / 2}
}

func turn(r orb.Ring, to orb.Orientation) orb.Ring {
	if o := r.Orientation(); o != 0 && o != to {
		r.Reverse()
	}
	return r
}
