package index

import (
	"slices"

	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/mvt"
)

// The things of a tile, 512 pixels wide on the screen, are thinned on a grid of 8 by 8
// squares of 64 pixels: a thing is a button on the map, 44 pixels wide.
const thingGridBits = 3

// ThingCluster describes the things of one kind in one square of a tile: their number,
// and the thing that represents them, which is the one with the smallest hashed id.
type ThingCluster struct {
	ID    int64
	X, Y  uint32 // of the thing, geo.Mercator
	N     uint32
	Kind  civic.ThingKind
	State civic.State
}

// ThingClusters appends the things of a tile, thinned like pins (Clusters): one cluster
// for each kind of each square of a grid of 8 by 8 that has things, kind by kind. So
// over the tiles of any zoom the sum of N is the number of things.
func (v *Version) ThingClusters(dst []ThingCluster, t maptile.Tile) []ThingCluster {
	first := zOrder(t.X<<(32-t.Z), t.Y<<(32-t.Z))
	last := first + (1<<(64-2*t.Z) - 1)
	bits := thingSquareBits(t.Z)
	for kind := range v.things {
		l := &v.things[kind]
		for r := range thinned(l.within(first, last, bits), bits) {
			at := pointOf(r.z)
			dst = append(dst, ThingCluster{r.id, at.X, at.Y, r.n, civic.ThingKind(kind), l.states[r.state]})
		}
	}
	return dst
}

// ThingCount returns the number of things of a kind other than pins on the map.
func (v *Version) ThingCount(kind civic.ThingKind) int {
	if int(kind) >= len(v.things) {
		return 0
	}
	return len(v.things[kind].rows)
}

// WithThings returns the next version, to which changes of things other than pins have
// been applied. A thing without a place, or that is not public, is only known to have
// changed.
func (v *Version) WithThings(changes []civic.MapThing) *Version {
	next := *v
	next.Number++
	differ := next.applyThings(v.things, changes)
	if len(differ) > maxChanges {
		next.movedThings = changeLog{floor: next.Number}
		return &next
	}
	for _, r := range differ {
		at := pointOf(r.z)
		cell, _ := geo.CellAt(at.Point()) // by which the log is kept short; 0 at the edges of the world
		next.movedThings = next.movedThings.add(next.Number, at.X, at.Y, cell)
	}
	return &next
}

// applyThings makes the layers those of before with changes, and returns the rows that
// differ.
func (v *Version) applyThings(before []thingLayer, changes []civic.MapThing) (differ []thingRow) {
	byKind := map[civic.ThingKind][]civic.MapThing{}
	v.things = slices.Clone(before)
	for _, c := range changes {
		byKind[c.Kind] = append(byKind[c.Kind], c)
		if missing := int(c.Kind) + 1 - len(v.things); missing > 0 {
			v.things = append(v.things, make([]thingLayer, missing)...)
		}
	}
	for kind, changes := range byKind {
		next, rows := v.things[kind].with(changes)
		next.changed = v.Number
		v.things[kind] = next
		differ = append(differ, rows...)
	}
	return differ
}

// ChangedThings returns the kinds of things other than pins of which some have
// changed after the version with the number, in order.
func (v *Version) ChangedThings(number uint64) (kinds []civic.ThingKind) {
	for kind := range v.things {
		if v.things[kind].changed > number {
			kinds = append(kinds, civic.ThingKind(kind))
		}
	}
	return kinds
}

// ThingsUnchangedSince reports whether no thing in a tile has changed on the map after
// the version with the number. It may report false although none has.
func (v *Version) ThingsUnchangedSince(number uint64, t maptile.Tile) bool {
	return v.movedThings.unchanged(number, v.Number, TileBox(t, mvt.Buffer))
}
