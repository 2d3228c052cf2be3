package mvt

// Geometry is the geometry of a polygon feature: its rings as commands relative
// to the position of the last one. The zero value is empty.
type Geometry struct {
	commands []uint32
	x, y     int32
}

// Command integers of a geometry: the count << 3 | the command.
const (
	moveTo1   = 1<<3 | 1
	lineTo    = 2 // with a count of 0
	closePath = 1<<3 | 7
)

// Reset makes g empty and keeps its memory.
func (g *Geometry) Reset() { g.commands, g.x, g.y = g.commands[:0], 0, 0 }

// Empty reports whether g has no ring.
func (g *Geometry) Empty() bool { return len(g.commands) == 0 }

// Ring adds a ring that is not closed. An exterior ring must be clockwise on
// the map and be followed by its holes, which must be counter-clockwise. Ring
// removes repeated points, in place. It reports false and adds nothing when
// fewer than three points remain or the ring has no area.
func (g *Geometry) Ring(points []Point) bool {
	n := 0
	for _, q := range points {
		if n == 0 || q != points[n-1] {
			points[n] = q
			n++
		}
	}
	for n > 1 && points[n-1] == points[0] {
		n--
	}
	if n < 3 || doubleArea(points[:n]) == 0 {
		return false
	}
	g.commands = append(g.commands, moveTo1)
	g.move(points[0])
	g.commands = append(g.commands, uint32(n-1)<<3|lineTo)
	for _, q := range points[1:n] {
		g.move(q)
	}
	g.commands = append(g.commands, closePath)
	return true
}

func (g *Geometry) move(q Point) {
	g.commands = append(g.commands, zigzag(q[0]-g.x), zigzag(q[1]-g.y))
	g.x, g.y = q[0], q[1]
}

func zigzag(n int32) uint32 { return uint32(n<<1) ^ uint32(n>>31) }

// doubleArea returns twice the signed area of a ring by the shoelace formula:
// positive for a ring that is clockwise on the map, with Y downward.
func doubleArea(points []Point) int64 {
	sum := int64(0)
	last := points[len(points)-1]
	for _, q := range points {
		sum += int64(last[0])*int64(q[1]) - int64(q[0])*int64(last[1])
		last = q
	}
	return sum
}
