package index

import (
	"math"
	"math/bits"

	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
)

// The pins of a tile, 512 pixels wide on the screen, are thinned on a grid of
// 32 by 32 squares of 16 pixels, about the size of the symbol of a pin.
const (
	gridBits  = 5
	gridSide  = 1 << gridBits
	kindCount = int(civic.Organisation)
)

// Cluster describes the pins of one kind in one square of a tile: their number,
// and the pin that represents them, which is the one with the smallest hashed
// id. It takes 24 bytes.
type Cluster struct {
	ID       int64  // of the pin
	X, Y     uint32 // of the pin, geo.Mercator
	N        uint32 // number of pins; 0 in a square without any
	Category uint16 // id
	Status   civic.Status
	Kind     civic.Kind // 0 in a square without pins
}

// add adds the pins of another cluster to c.
func (c *Cluster) add(o Cluster) {
	n := c.N + o.N
	if c.N == 0 || hash(o.ID) < hash(c.ID) {
		*c = o
	}
	c.N = n
}

// hash returns a hash of the id of a pin that is evenly distributed, so that
// the pin with the smallest hash in a square is a random one, but always the
// same. No two ids have the same hash.
//
// Algorithm: multiplicative hashing by 2^64 over the golden ratio (Knuth, The
// Art of Computer Programming 6.4).
func hash(id int64) uint64 { return uint64(id) * 0x9E3779B97F4A7C15 }

// grid is the thinning grid of a tile: a cluster for each kind of each square,
// row by row.
type grid struct {
	minX, minY uint32
	shift      uint // from units of geo.Mercator to squares
	clusters   [gridSide * gridSide * kindCount]Cluster
}

// begin clears the grid for another tile.
func (g *grid) begin(t maptile.Tile) {
	box := TileBox(t, 0)
	g.minX, g.minY, g.shift = box.minX, box.minY, uint(32-t.Z-gridBits)
	clear(g.clusters[:])
}

// square returns the square of a point in the tile.
func (g *grid) square(x, y uint32) int {
	return int((y-g.minY)>>g.shift<<gridBits | (x-g.minX)>>g.shift)
}

// cluster returns the cluster of a kind in the square of a point in the tile.
func (g *grid) cluster(x, y uint32, k civic.Kind) *Cluster {
	return &g.clusters[g.square(x, y)*kindCount+int(k)-1]
}

// inOneSquare reports whether one square contains a box in the tile.
func (g *grid) inOneSquare(b Box) bool {
	return b.minX>>g.shift == b.maxX>>g.shift && b.minY>>g.shift == b.maxY>>g.shift
}

// addRows adds the rows lo to hi-1 that match the filter and are in the box,
// one by one.
func (g *grid) addRows(c *columns, f *rowFilter, lo, hi int, in Box) {
	for group, end := lo>>6, (hi+63)>>6; group < end; group++ {
		matching := f.match(group, group+1)[0] & rangeMask(group, lo, hi)
		for k := range kindCount {
			for rows := matching & f.planes.word(planeKinds+k, group); rows != 0; rows &= rows - 1 {
				i := group<<6 | bits.TrailingZeros64(rows)
				x, y := c.x[i], c.y[i]
				if !in.has(x, y) {
					continue
				}
				cluster := &g.clusters[g.square(x, y)*kindCount+k]
				if cluster.N == 0 || hash(c.id[i]) < hash(cluster.ID) {
					cluster.represent(c, i, k)
				}
				cluster.N++
			}
		}
	}
}

// addInSquare adds the rows lo to hi-1 that match the filter, all of which are
// in one square. It counts them 64 at a time. To find the smallest hash, it
// reads only the ids of the rows in the highest sample that has any.
func (g *grid) addInSquare(square int, c *columns, f *rowFilter, lo, hi int) {
	var smallest [kindCount]smallestHash
	clusters := g.clusters[square*kindCount:][:kindCount]
	for k := range clusters {
		smallest[k].begin(&clusters[k])
	}
	for group, end := lo>>6, (hi+63)>>6; group < end; {
		var buffer [windowGroups]uint64
		matching := buffer[:copy(buffer[:], f.match(group, end))]
		matching[0] &= rangeMask(group, lo, hi)
		matching[len(matching)-1] &= rangeMask(group+len(matching)-1, lo, hi)
		for k := range clusters {
			if f.kinds[k] == 0 {
				continue
			}
			n := 0
			s := &smallest[k]
			for i, word := range f.planes.plane(planeKinds+k, group, len(matching)) {
				rows := matching[i] & word
				n += bits.OnesCount64(rows)
				if s.level > 0 {
					rows &= f.planes.word(planeSamples+s.level-1, group+i)
				}
				if rows != 0 {
					s.search(rows, c, &f.planes, group+i)
				}
			}
			clusters[k].N += uint32(n)
		}
		group += len(matching)
	}
	for k := range clusters {
		if row := smallest[k].row; row > 0 {
			clusters[k].represent(c, row-1, k)
		}
	}
}

// smallestHash is the search for the row whose id has the smallest hash.
type smallestHash struct {
	hash  uint64 // the smallest found
	level int    // sampleLevel(hash)
	row   int    // 1 + its row; 0 while it is that of the cluster
}

func (s *smallestHash) begin(c *Cluster) {
	*s = smallestHash{hash: math.MaxUint64}
	if c.N > 0 {
		s.hash = hash(c.ID)
		s.level = sampleLevel(s.hash)
	}
}

// search searches the rows of a group, all of which are in the sample of the
// level. It reads only the ids of those in the highest sample that has any.
func (s *smallestHash) search(rows uint64, c *columns, p *bitPlanes, group int) {
	for ; s.level < maxSampleLevel; s.level++ {
		higher := rows & p.word(planeSamples+s.level, group)
		if higher == 0 {
			break
		}
		rows = higher
	}
	for ; rows != 0; rows &= rows - 1 {
		i := group<<6 | bits.TrailingZeros64(rows)
		if h := hash(c.id[i]); h <= s.hash {
			s.hash, s.row = h, i+1
		}
	}
}

// represent makes row i the pin that represents the cluster.
func (c *Cluster) represent(from *columns, i, kind int) {
	c.ID, c.X, c.Y, c.Category, c.Status, c.Kind = from.id[i], from.x[i], from.y[i], from.category[i], from.status[i], civic.Kind(kind+1)
}

// box returns the box of a square.
func (g *grid) box(square int) Box {
	x, y := uint32(square%gridSide)<<g.shift, uint32(square/gridSide)<<g.shift
	last := uint32(1)<<g.shift - 1
	return Box{g.minX + x, g.minY + y, g.minX + x + last, g.minY + y + last}
}

// used returns the number of clusters that have pins, and that of their pins.
func (g *grid) used() (clusters, pins int) {
	for i := range g.clusters {
		if g.clusters[i].N > 0 {
			clusters++
			pins += int(g.clusters[i].N)
		}
	}
	return clusters, pins
}
