package index

import "github.com/paulmach/orb/maptile"

// Clusters returns the pins of a tile that f selects, thinned: one cluster for
// each kind of each square of a grid of 32 by 32 that has such pins. Elements
// without pins (N is 0) and those whose Kind f does not select
// (Filter.SelectsKind) must be ignored. The slice is valid until the next use
// of s and must not be changed.
//
// Squares nest from zoom to zoom and end at the edges of the tile, and the pin
// that represents a square also represents the quarter of it that it is in. So
// a pin that is drawn at one zoom is drawn at the next, no square with pins is
// empty, and over the tiles of any zoom the sum of N by kind is the number of
// pins. At MaxZoom a square is 0.5 m wide.
//
// Categories that are never drawn as points are not included.
func (v *Version) Clusters(s *Scratch, t maptile.Tile, f *Filter) []Cluster {
	box := TileBox(t, 0)
	clusters := v.overviews[t]
	known := len(clusters) > 0 && f.wholeKinds
	if known && !v.deleted.meets(box) && !v.delta.meets(box) {
		return clusters
	}
	s.grid.begin(t)
	s.prepare(v, f, true)
	if known {
		v.updateOverview(s, box, f, clusters)
	} else {
		s.runs = v.appendRuns(s.runs[:0], box, &s.grid, f)
		s.scan(box)
	}
	s.release()
	return s.grid.clusters[:]
}

// updateOverview puts the clusters of an overview into the grid, subtracts the
// deleted rows and adds those of the delta. It scans a square again when the
// pin that represents it was deleted.
func (v *Version) updateOverview(s *Scratch, box Box, f *Filter, clusters []Cluster) {
	for _, c := range clusters {
		if f.SelectsKind(c.Kind) {
			*s.grid.cluster(c.X, c.Y, c.Kind) = c
		}
	}
	if v.subtractDeleted(s, box, f) {
		v.rescan(s)
	}
	s.runs = v.delta.appendRuns(s.runs[:0], box, &s.grid)
	s.scan(box)
}

// subtractDeleted subtracts the deleted rows from the clusters of the grid. It
// reports whether a pin that represents a cluster is among them; the cluster
// has the ID 0 then.
func (v *Version) subtractDeleted(s *Scratch, box Box, f *Filter) (stale bool) {
	d := v.deleted
	s.runs = d.appendRuns(s.runs[:0], box, nil)
	for _, r := range s.runs {
		for i := int(r.lo); i < int(r.hi); i++ {
			x, y, kind := d.x[i], d.y[i], v.categories.kinds[d.category[i]]
			if !v.categories.points[d.category[i]] || !f.SelectsKind(kind) || !box.has(x, y) {
				continue
			}
			c := s.grid.cluster(x, y, kind)
			if c.N--; c.N == 0 {
				*c = Cluster{}
			} else if c.ID == d.id[i] {
				c.ID, stale = 0, true
			}
		}
	}
	return stale
}

// rescan replaces the clusters of every square in which one has the ID 0 by
// those of the rows in the segments.
func (v *Version) rescan(s *Scratch) {
	for square := range gridSide * gridSide {
		clusters := s.grid.clusters[square*kindCount:][:kindCount]
		stale := false
		for k := range clusters {
			stale = stale || clusters[k].N > 0 && clusters[k].ID == 0
		}
		if !stale {
			continue
		}
		clear(clusters)
		box := s.grid.box(square)
		s.runs = v.appendSegmentRuns(s.runs[:0], box, &s.grid, s.filter)
		s.scan(box)
	}
}

// Scratch contains the memory that reading a version needs. When it is used
// again, nothing is allocated. It must not be used by two goroutines at once.
// The zero value is ready to use.
type Scratch struct {
	version  *Version
	filter   *Filter
	points   bool  // whether to select only pins that may be drawn as points
	filtered int32 // the segment for which segmentFilter is prepared; inDelta for none

	segmentFilter rowFilter
	deltaFilter   rowFilter
	runs          []run
	grid          grid
}

func (v *Version) getScratch() *Scratch { return v.shared.scratch.Get().(*Scratch) }

func (v *Version) putScratch(s *Scratch) {
	s.release()
	v.shared.scratch.Put(s)
}

// prepare prepares the filters of rows. If points is true, they select only
// pins that may be drawn as points.
func (s *Scratch) prepare(v *Version, f *Filter, points bool) {
	s.version, s.filter, s.points, s.filtered = v, f, points, inDelta
	s.deltaFilter.prepare(f, v.delta.planes, nil, points)
}

// release removes all references to the version, so that s does not keep it in
// memory.
func (s *Scratch) release() {
	s.version, s.filter = nil, nil
	s.deltaFilter.release()
	s.segmentFilter.release()
}

// segment returns the columns of a segment, or of the delta, and the filter of
// its rows.
func (s *Scratch) segment(i int32) (*columns, *rowFilter) {
	if i == inDelta {
		return &s.version.delta.columns, &s.deltaFilter
	}
	segment := &s.version.segments[i]
	if s.filtered != i {
		s.segmentFilter.prepare(s.filter, segment.planes, segment.deleted, s.points)
		s.filtered = i
	}
	return &segment.columns, &s.segmentFilter
}

// scan adds the rows of the runs that match the filter and are in the box to
// the grid.
func (s *Scratch) scan(in Box) {
	for _, r := range s.runs {
		c, f := s.segment(r.segment)
		if r.square != manySquares {
			s.grid.addInSquare(int(r.square), c, f, int(r.lo), int(r.hi))
		} else if r.inside {
			s.grid.addRows(c, f, int(r.lo), int(r.hi), worldBox)
		} else {
			s.grid.addRows(c, f, int(r.lo), int(r.hi), in)
		}
	}
}
