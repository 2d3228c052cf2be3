package osm

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// nodeTable has the coordinates of the nodes of ways: two columns in order of
// their ids, found by binary search. First want is called for all ways, then
// sort, then set and get.
type nodeTable struct {
	ids    []int64
	places []place
	last   int // index of the node found last; ids in files ascend
	sorted int // number of ids at the last time that repeated ones were removed
}

// place is a point in units of 10^-7 degrees, the precision of OpenStreetMap.
type place struct{ lon, lat int32 }

// nowhere is the place of a node that the file does not have.
var nowhere = place{math.MaxInt32, math.MaxInt32}

func (t *nodeTable) want(ids []int64) {
	t.ids = append(t.ids, ids...)
	if len(t.ids) > 1<<16 && len(t.ids) > 2*t.sorted {
		t.compact()
	}
}

// compact removes repeated ids, which are those of crossings.
func (t *nodeTable) compact() {
	slices.Sort(t.ids)
	t.ids = slices.Compact(t.ids)
	t.sorted = len(t.ids)
}

func (t *nodeTable) sort() {
	t.compact()
	t.ids = slices.Clip(t.ids)
	t.places = slices.Repeat([]place{nowhere}, len(t.ids))
}

// find returns the index of a node, or false if no way refers to it.
func (t *nodeTable) find(id int64) (int, bool) {
	if next := t.last + 1; next < len(t.ids) && t.ids[next] == id {
		t.last = next
		return next, true
	}
	i, ok := slices.BinarySearch(t.ids, id)
	if ok {
		t.last = i
	}
	return i, ok
}

func (t *nodeTable) set(id int64, p orb.Point) {
	if i, ok := t.find(id); ok {
		t.places[i] = place{int32(math.Round(p.Lon() * 1e7)), int32(math.Round(p.Lat() * 1e7))}
	}
}

func (t *nodeTable) get(id int64) (orb.Point, bool) {
	i, ok := t.find(id)
	if !ok || t.places[i] == nowhere {
		return orb.Point{}, false
	}
	return orb.Point{float64(t.places[i].lon) / 1e7, float64(t.places[i].lat) / 1e7}, true
}
