package index

import (
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
)

// overviews contains the clusters of tiles with many rows, for filters that
// select whole kinds, in order of their squares and kinds. As in the overviews
// of a raster, each zoom is computed from the next higher one, and the highest
// one from the rows:
//
//	zoom 13   ┌───────────────┐   a square of a tile is a quarter of a
//	          └───────────────┘   square of the tile of the zoom below
//	zoom 14   ┌───────┐   ┌───┐
//	          └───────┘   └───┘   no overview: few rows
//	zoom 15   ┌───┐
//	          └───┘
//
// So even a tile with ten million pins is drawn from at most 3072 clusters. A
// tile with many rows but only few in each cluster has an empty overview, which
// is not used.
type overviews map[maptile.Tile][]Cluster

// rebuildOverviews builds all overviews of a version without a delta.
func (v *Version) rebuildOverviews() {
	v.overviews = nil
	v.overviews, v.rebuiltAt = v.updatedOverviews(worldBox), v.SegmentRows()
}

// updatedOverviews returns the overviews with the changes of the delta and of
// deleted rows, all of which are in the box.
func (v *Version) updatedOverviews(changed Box) overviews {
	b := overviewBuilder{v: v, filter: v.Filter(civic.Filter{}), changed: changed, scratch: new(Scratch), out: overviews{}}
	for t, clusters := range v.overviews {
		if !TileBox(t, 0).Meets(changed) {
			b.out[t] = clusters
		}
	}
	b.scratch.prepare(v, b.filter, true)
	b.build(maptile.Tile{})
	return b.out
}

// overviewBuilder builds overviews.
type overviewBuilder struct {
	v       *Version
	filter  *Filter // that selects every pin
	changed Box     // overviews that do not meet it are unchanged
	out     overviews
	scratch *Scratch
}

// build builds the overviews of a tile and of the tiles within it.
func (b *overviewBuilder) build(t maptile.Tile) {
	box := TileBox(t, 0)
	if !box.Meets(b.changed) {
		return
	}
	old, known := b.v.overviews[t]
	if !known && !b.hasManyRows(box) {
		return
	}
	parts := []maptile.Tile{t}
	if t.Z < MaxZoom {
		children := t.Children()
		parts = children[:]
		for _, part := range parts {
			b.build(part)
		}
	}
	if known && len(old) == 0 {
		b.out[t] = nil // decided when all overviews are rebuilt
		return
	}
	g := &b.scratch.grid
	g.begin(t)
	if known {
		b.v.updateOverview(b.scratch, box, b.filter, old)
	} else {
		for _, part := range parts {
			b.add(part)
		}
	}
	used, pins := g.used()
	if !known && pins < b.v.shared.ClusterRows*used {
		b.out[t] = nil
		return
	}
	clusters := make([]Cluster, 0, used)
	for i := range g.clusters {
		if g.clusters[i].N > 0 {
			clusters = append(clusters, g.clusters[i])
		}
	}
	b.out[t] = clusters
}

// add adds a part of a tile to the grid: the overview of the part, or its rows.
func (b *overviewBuilder) add(part maptile.Tile) {
	s := b.scratch
	if clusters := b.out[part]; len(clusters) > 0 {
		for _, c := range clusters {
			s.grid.cluster(c.X, c.Y, c.Kind).add(c)
		}
		return
	}
	box := TileBox(part, 0)
	s.runs = b.v.appendRuns(s.runs[:0], box, &s.grid, nil)
	s.scan(box)
}

// hasManyRows reports whether the box has enough rows for an overview.
func (b *overviewBuilder) hasManyRows(in Box) bool {
	s, enough := b.scratch, b.v.shared.OverviewRows
	s.runs = b.v.appendRuns(s.runs[:0], in, nil, nil)
	n, most := 0, 0
	for _, r := range s.runs {
		most += int(r.hi - r.lo)
	}
	if most < enough {
		return false
	}
	for _, r := range s.runs {
		if r.inside {
			n += int(r.hi - r.lo)
			continue
		}
		c, _ := s.segment(r.segment)
		for i := r.lo; i < r.hi; i++ {
			if in.has(c.x[i], c.y[i]) {
				n++
			}
		}
	}
	return n >= enough
}
