package basemap

import (
	"cmp"
	"slices"

	"github.com/pinezka/pinezka/geo"
)

// joinLines joins lines with the same attributes where exactly two of them meet,
// so that a street, which OpenStreetMap divides at every change of a tag, is
// simplified as one line and has its name once.
func (b *Builder) joinLines() {
	slices.SortStableFunc(b.shapes, func(a, b shape) int {
		return cmp.Or(cmp.Compare(a.layer, b.layer), cmp.Compare(a.kind, b.kind), cmp.Compare(a.attrs, b.attrs),
			cmp.Compare(a.minZoom, b.minZoom), cmp.Compare(a.order, b.order))
	})
	out := b.shapes[:0]
	for from := 0; from < len(b.shapes); {
		until := from + 1
		for first := &b.shapes[from]; until < len(b.shapes) && joins(first, &b.shapes[until]); {
			until++
		}
		if until-from == 1 {
			out = append(out, b.shapes[from])
		} else {
			out = b.joinGroup(out, b.shapes[from:until])
		}
		from = until
	}
	b.shapes = out
}

func joins(a, b *shape) bool {
	return a.kind == line && b.kind == line && a.layer == b.layer && a.attrs == b.attrs && a.minZoom == b.minZoom && a.order == b.order
}

// joinGroup appends the joined lines of a group of shapes to out, which may be
// in the same memory before them.
func (b *Builder) joinGroup(out, group []shape) []shape {
	lines := make([][]geo.Mercator, len(group))
	ends := map[geo.Mercator][]int{}
	for i := range group {
		l := group[i].paths()[0].points
		lines[i] = l
		if l[0] != l[len(l)-1] {
			ends[l[0]] = append(ends[l[0]], i)
			ends[l[len(l)-1]] = append(ends[l[len(l)-1]], i)
		}
	}
	used := make([]bool, len(lines))
	extend := func(l []geo.Mercator) []geo.Mercator {
		for l[0] != l[len(l)-1] {
			last := l[len(l)-1]
			meet := ends[last]
			if len(meet) != 2 || used[meet[0]] && used[meet[1]] {
				break
			}
			next := meet[0]
			if used[next] {
				next = meet[1]
			}
			used[next] = true
			more := lines[next]
			if more[0] != last {
				slices.Reverse(more)
			}
			l = append(l, more[1:]...)
		}
		return l
	}
	prototype := group[0]
	for i := range lines {
		if used[i] {
			continue
		}
		used[i] = true
		l := extend(slices.Clone(lines[i]))
		if l[0] != l[len(l)-1] {
			slices.Reverse(l)
			l = extend(l)
			slices.Reverse(l)
		}
		s := prototype
		s.set(&b.arena, []path{{points: l}})
		out = append(out, s)
	}
	return out
}

// sort sorts the shapes in the order in which they are drawn.
func (b *Builder) sort() {
	slices.SortStableFunc(b.shapes, func(a, b shape) int {
		return cmp.Or(cmp.Compare(a.layer, b.layer), cmp.Compare(a.kind, b.kind), cmp.Compare(a.order, b.order))
	})
}
