package mvt

import "slices"

// Geometry is the geometry of a feature: its rings or lines as commands relative
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

// Empty reports whether g has no ring and no line.
func (g *Geometry) Empty() bool { return len(g.commands) == 0 }

// Ring adds a ring that is not closed. An exterior ring must be clockwise on
// the map and be followed by its holes, which must be counter-clockwise. Ring
// removes repeated points, in place. It reports false and adds nothing when
// fewer than three points remain or the ring has no area.
func (g *Geometry) Ring(points []Point) bool {
	points = slices.Compact(points)
	for len(points) > 1 && points[len(points)-1] == points[0] {
		points = points[:len(points)-1]
	}
	if len(points) < 3 || DoubleArea(points) == 0 {
		return false
	}
	g.path(points)
	g.commands = append(g.commands, closePath)
	return true
}

// Line adds a line. It removes repeated points, in place, and reports false and
// adds nothing when fewer than two points remain.
func (g *Geometry) Line(points []Point) bool {
	points = slices.Compact(points)
	if len(points) < 2 {
		return false
	}
	g.path(points)
	return true
}

func (g *Geometry) path(points []Point) {
	g.commands = append(g.commands, moveTo1)
	g.move(points[0])
	g.commands = append(g.commands, uint32(len(points)-1)<<3|lineTo)
	for _, q := range points[1:] {
		g.move(q)
	}
}

func (g *Geometry) move(q Point) {
	g.commands = append(g.commands, zigzag(q[0]-g.x), zigzag(q[1]-g.y))
	g.x, g.y = q[0], q[1]
}

func zigzag(n int32) uint32 { return uint32(n<<1) ^ uint32(n>>31) }

// DoubleArea returns twice the signed area of a ring, not closed and not empty,
// by the shoelace formula: positive for a ring that is clockwise on the map,
// with Y downward.
func DoubleArea(points []Point) int64 {
	sum := int64(0)
	last := points[len(points)-1]
	for _, q := range points {
		sum += int64(last[0])*int64(q[1]) - int64(q[0])*int64(last[1])
		last = q
	}
	return sum
}
