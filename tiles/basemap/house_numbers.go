package basemap

import (
	"cmp"
	"math"
	"slices"
)

// sameHouse is the distance in metres within which the same number in the same
// street is that of one house: of its outline, its entrance, and the shops in
// it.
const sameHouse = 60

// dropRepeatedHouseNumbers keeps one of the house numbers of a house.
func (b *Builder) dropRepeatedHouseNumbers() {
	isNumber := func(s *shape) bool { return s.kind == point && s.layer == b.layers[LayerBuildings] }
	slices.SortStableFunc(b.shapes, func(a, b shape) int {
		return cmp.Or(cmp.Compare(a.layer, b.layer), cmp.Compare(a.kind, b.kind), cmp.Compare(a.attrs, b.attrs))
	})
	out := b.shapes[:0]
	from := 0 // in out, of the numbers with the attributes of the last
	for _, s := range b.shapes {
		if from < len(out) && (out[from].attrs != s.attrs || !isNumber(&out[from])) {
			from = len(out)
		}
		if isNumber(&s) && slices.ContainsFunc(out[from:], func(o shape) bool {
			dx, dy := float64(o.min.X)-float64(s.min.X), float64(o.min.Y)-float64(s.min.Y)
			return math.Hypot(dx, dy) < sameHouse*s.min.Scale()
		}) {
			continue
		}
		out = append(out, s)
	}
	b.shapes = out
}
