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
