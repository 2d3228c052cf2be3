package index

import (
	"maps"
	"slices"

	"github.com/pinezka/pinezka/civic"
)

// WithThings returns the next version, which says that things of a kind other than
// pins have changed. An index has none of them.
func (v *Version) WithThings(kind civic.ThingKind) *Version {
	next := *v
	next.Number++
	next.things = map[civic.ThingKind]uint64{kind: next.Number}
	for other, number := range v.things {
		if other != kind {
			next.things[other] = number
		}
	}
	return &next
}

// ChangedThings returns the kinds of things other than pins of which some have
// changed after the version with the number, in order.
func (v *Version) ChangedThings(number uint64) (kinds []civic.ThingKind) {
	for _, kind := range slices.Sorted(maps.Keys(v.things)) {
		if v.things[kind] > number {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}
