package walk

import "math"

// boxTree contains the boxes of all edges (level 0), and above each level the
// boxes of groups of 16 of its boxes, up to one. As edges are in Z-order, a group
// is of edges that are near each other:
//
//	level 2  ┌─────────────────────┐
//	level 1  ┌─────────┐┌──────────┐
//	level 0  ┌─┐┌──┐┌─┐ ┌─┐┌─┐┌────┐   edges
//
// It is an R-tree (Guttman, 1984) that is packed by a space-filling curve (Kamel
// and Faloutsos, "On Packing R-trees", 1993).
type boxTree [][]box

const boxesInBox = 16

// box is a rectangle that contains its sides. A box across the antimeridian
// extends around the Earth.
type box struct{ west, south, east, north int32 }

var noBox = box{math.MaxInt32, math.MaxInt32, math.MinInt32, math.MinInt32}

func (b box) union(o box) box {
	return box{min(b.west, o.west), min(b.south, o.south), max(b.east, o.east), max(b.north, o.north)}
}

// metresFrom returns the distance of the box from the origin of a frame.
func (b box) metresFrom(f frame) float64 {
	o := f.origin
	var x, y int64
	if o.lon < b.west || o.lon > b.east {
		west, east := eastward(o.lon, b.west), eastward(o.lon, b.east)
		x = min(max(west, -west), max(east, -east))
	}
	switch {
	case o.lat < b.south:
		y = int64(b.south) - int64(o.lat)
	case o.lat > b.north:
		y = int64(o.lat) - int64(b.north)
	}
	return math.Hypot(f.x*float64(x), f.y*float64(y))
}

// newBoxTree returns the tree of the edges of a graph.
func newBoxTree(g *Graph) boxTree {
	level := make([]box, len(g.edges))
	var line []point
	for i := range level {
		line = g.line(uint32(i), line)
		b := noBox
		for j, p := range line {
			b = b.union(box{p.lon, p.lat, p.lon, p.lat})
			if j > 0 && eastward(line[j-1].lon, p.lon) != int64(p.lon)-int64(line[j-1].lon) {
				b.west, b.east = -world/2, world/2-1
			}
		}
		level[i] = b
	}
	tree := boxTree{level}
	for len(level) > 1 {
		above := make([]box, (len(level)+boxesInBox-1)/boxesInBox)
		for i := range above {
			above[i] = noBox
		}
		for i, b := range level {
			above[i/boxesInBox] = above[i/boxesInBox].union(b)
		}
		tree = append(tree, above)
		level = above
	}
	return tree
}
