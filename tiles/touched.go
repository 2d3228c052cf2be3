package tiles

import (
	"sort"

	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/geo"
)

// touch is a place where something changed: a pin came, went, or differs.
type touch struct {
	number uint64 // of the version that first had it
	x, y   uint32
	cell   geo.Cell // of MaxResolution
}

// maxTouches are remembered; what was drawn before the oldest is drawn anew.
const maxTouches = 8192

// touches since floor, in order. The slice is only ever appended to beyond what
// a version sees of it, so versions share it.
type touches struct {
	floor uint64 // what was drawn before this version cannot be told
	list  []touch
}

func (t touches) add(number uint64, x, y uint32, cell geo.Cell) touches {
	if len(t.list) >= maxTouches {
		half := t.list[maxTouches/2:]
		t = touches{half[0].number, append(make([]touch, 0, maxTouches), half...)}
	}
	t.list = append(t.list, touch{number, x, y, cell})
	return t
}

// since reports whether anything was touched after the version of the number.
func (t touches) since(number uint64) bool {
	return len(t.list) > 0 && t.list[len(t.list)-1].number > number
}

// Holds reports whether a tile drawn from an earlier version (by its Number) is
// still what this one would draw: nothing has changed in it since. Resolution
// matters to hexes only. It may deny what holds, never affirm what does not.
func (v *Version) Holds(number uint64, layer string, t maptile.Tile, r geo.Resolution) bool {
	if number == v.Number {
		return true
	}
	if number < v.touches.floor || number > v.Number {
		return false
	}
	if layer == LayerAreas {
		return true // a change of areas raises the floor
	}
	list := v.touches.list
	list = list[sort.Search(len(list), func(i int) bool { return list[i].number > number }):]
	in := frameOf(t)
	edge := in.box(polygonBuffer)
	for i := range list {
		if layer == LayerPins && edge.has(list[i].x, list[i].y) || layer == LayerHexes && v.bound(list[i].cell.Parent(r)).meets(edge) {
			return false
		}
	}
	return true
}

// bound of a cell's outline.
func (v *Version) bound(cell geo.Cell) box {
	first, _ := cell.Span()
	d := &v.parts[v.partOf(first.Parent(MaxResolution))].dirs[cell.Resolution()]
	i := sort.Search(len(d.cells), func(i int) bool { return d.cells[i] >= cell })
	if i < len(d.cells) && d.cells[i] == cell {
		return d.shape[i].bound()
	}
	o := outlineOf(cell)
	return o.bound()
}
