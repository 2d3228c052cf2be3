package index

import "weak"

// OverviewCount returns the number of tiles that have an overview.
func OverviewCount(v *Version) (n int) {
	for _, clusters := range v.overviews {
		if len(clusters) > 0 {
			n++
		}
	}
	return n
}

// SegmentPointers returns weak pointers to the segments of a version.
func SegmentPointers(v *Version) (out []weak.Pointer[segment]) {
	for _, s := range v.segments {
		out = append(out, weak.Make(s.segment))
	}
	return out
}

// NewStrip returns a box as high as the world that contains whole positions from
// one to another, of a number into which the world is divided.
func NewStrip(between [2]int, positions int) Box {
	width := uint32((maxUnit + 1) / positions)
	return Box{uint32(between[0]) * width, 0, uint32(between[1])*width + (width - 1), maxUnit}
}

// Width returns the number of positions that a strip contains.
func (b Box) Width(positions int) int {
	return int((uint64(b.maxX-b.minX) + 1) / ((maxUnit + 1) / uint64(positions)))
}

func (b Box) Within(o Box) bool { return b.within(o) }
func (b Box) Union(o Box) Box   { return b.union(o) }
