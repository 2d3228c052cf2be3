package tiles

import (
	"slices"
	"sort"

	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/geo"
)

// touch is where something changed in a cell: pins came, went, or differ.
type touch struct {
	number uint64   // of the last version that changed it
	at     box      // of the pins
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
		t = t.fold()
	}
	t.list = append(t.list, touch{number, box{x, y, x, y}, cell})
	return t
}

// fold the touches of each cell into one, and forget the older half if they are
// still many.
func (t touches) fold() touches {
	last := make(map[geo.Cell]int, len(t.list)) // where in the new list, from its end
	list := make([]touch, maxTouches)
	free := maxTouches
	for _, now := range slices.Backward(t.list) {
		if i, ok := last[now.cell]; ok {
			list[i].at = list[i].at.union(now.at)
			continue
		}
		free--
		list[free], last[now.cell] = now, free
	}
	list = list[free:]
	if len(list) > maxTouches/2 {
		list = list[len(list)-maxTouches/2:]
		t.floor = list[0].number
	}
	return touches{t.floor, append(make([]touch, 0, maxTouches), list...)}
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
	near := edge
	if layer == LayerHexes {
		near = edge.around(r)
	}
	for i := range list {
		if list[i].at.meets(near) && (layer == LayerPins || v.outline(list[i].cell.Parent(r)).bound().meets(edge)) {
			return false
		}
	}
	return true
}
