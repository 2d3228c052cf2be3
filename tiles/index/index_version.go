// Package index stores the pins of a district in memory, for tiles, hexes and
// statistics.
//
// Pins are rows of columns, sorted by their H3 cells. In that order the pins of
// any cell, at any resolution, are one contiguous range of rows:
//
//	resolution 8   ┌───────────── A ─────────────┐┌──── B ────┐
//	resolution 9   ┌── a1 ──┐┌─────── a2 ────────┐┌──── b1 ───┐  directories: the cells
//	resolution 11  ┌┐┌──────┐┌────┐┌──┐┌─────────┐┌──┐┌───────┐  that have pins
//	bins           ││││┌─┐┌─┐│┐┌──┐││││┌──┐┌──┐┌─┐││┌┐┌──┐┌──┐│  squares of a finest cell
//	x, y        …  ▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪  …  columns: what is drawn
//	category    …  ▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪  …
//	bit planes  …  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  …  bits: what is filtered
//
// A filter is evaluated on 64 rows at a time in the bit planes. To count hexes,
// the index walks the directory of a resolution and counts the rows of each
// cell. To thin the pins of a tile, it descends the directories to ranges of
// rows within one square of the thinning grid and counts those; a tile with
// many rows has an overview, in which that is done already for filters that
// select whole kinds.
//
// The rows are divided into segments. A Version is immutable: what has changed
// since its segments were made is in the delta, a small list of sorted rows,
// and rows that were deleted, or are in the delta, are marked in the segments.
// Readers may use a version for any length of time and never wait. A writer
// makes the next version with Apply. In the background, the segment that has
// changed most is merged with its part of the delta, one segment after another.
//
//	version n      segments ▪▪▪▪✗▪▪▪▪ ▪▪✗▪▪▪▪✗▪▪ ▪▪▪▪▪▪▪▪▪   delta ▪ ▪▪▪ ▪
//	after a merge  segments ▪▪▪▪✗▪▪▪▪ ▪▪▪▪▪▪▪▪▪▪ ▪▪▪▪▪▪▪▪▪   delta ▪     ▪
//
// An index has shown locations only (civic.Visibility.Show), so nothing that is
// made from it can disclose more.
package index

import (
	"sort"
	"sync"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/internal/tuning"
)

// MaxZoom is the highest zoom of tiles. There, a tile coordinate is a unit of
// geo.Mercator.
const MaxZoom = 20

// Version is an immutable state of the published pins of a district.
type Version struct {
	District civic.District // read only
	Number   uint64         // increases with every change
	Since    uint64         // Number of the first version with this District
	narrowed bool           // whether Among has selected its pins

	categories *categoryTable
	all        *Filter // that selects every pin
	segments   []segmentView
	deleted    *sortedRows // the rows marked as deleted in the segments
	delta      *sortedRows
	overviews  overviews // of the segments, deleted rows included
	rebuiltAt  int       // number of rows when all overviews were last built
	covers     *coverCache
	changes    changeLog
	shared     *shared

	things      []thingLayer // other than pins, by kind
	movedThings changeLog    // where they have changed on the map
}

// shared contains what all versions of a district share.
type shared struct {
	tuning.Tuning
	scratch sync.Pool // of *Scratch
	drawing sync.Pool // see Pool
}

// segmentView is a segment as a version sees it.
type segmentView struct {
	*segment
	deleted rowSet // rows that no longer exist or are in the delta
}

// Config configures New.
type Config struct {
	Number uint64           // of the version before the first; default 0
	Things []civic.MapThing // other than pins; default none
	Tuning *tuning.Tuning   // default tuning.Default()
}

// New returns the first version of a district with the pins of rows.
func New(d civic.District, rows *Rows, cfg Config) *Version {
	v := &Version{Number: cfg.Number, categories: newCategoryTable(&d, nil), shared: &shared{Tuning: tuning.Default()}}
	v.shared.scratch.New = func() any { return new(Scratch) }
	if cfg.Tuning != nil {
		v.shared.Tuning = *cfg.Tuning
	}
	v.setSegments(v.newSegments(rows, 0, new(directories)))
	v = v.WithDistrict(d)
	v.movedThings = changeLog{floor: v.Number}
	v.applyThings(nil, cfg.Things)
	v.rebuildOverviews()
	return v
}

// setSegments replaces the segments of v by segments in which nothing has
// changed.
func (v *Version) setSegments(segments []*segment) {
	v.segments, v.deleted, v.delta = nil, newSortedRows(Rows{}, nil), newSortedRows(Rows{}, v.categories)
	for _, s := range segments {
		v.segments = append(v.segments, segmentView{segment: s})
	}
}

// wholeSegments returns the segments without the changes since they were made.
func (v *Version) wholeSegments() []*segment {
	out := make([]*segment, len(v.segments))
	for i := range v.segments {
		out[i] = v.segments[i].segment
	}
	return out
}

// WithDistrict returns the next version, in which the district, its areas and
// its categories are those of d.
func (v *Version) WithDistrict(d civic.District) *Version {
	next := *v
	next.Number++
	next.Since = next.Number
	next.changes = changeLog{floor: next.Number}
	next.District = d
	next.covers = newCoverCache(next.District)
	next.categories = newCategoryTable(&next.District, v.categories)
	next.all = nil
	next.all = next.Filter(civic.Filter{})
	if next.categories.extends(v.categories) {
		return &next
	}
	next.segments = nil
	for _, s := range v.segments {
		next.segments = append(next.segments, segmentView{s.withCategories(next.categories), s.deleted})
	}
	next.delta = newSortedRows(v.delta.Rows, next.categories)
	unchanged := next
	unchanged.setSegments(next.wholeSegments())
	unchanged.rebuildOverviews()
	next.overviews, next.rebuiltAt = unchanged.overviews, unchanged.rebuiltAt
	return &next
}

// Len returns the number of pins.
func (v *Version) Len() int { return v.SegmentRows() - v.deleted.len() + v.delta.len() }

// SegmentRows returns the number of rows of all segments, deleted ones
// included.
func (v *Version) SegmentRows() (n int) {
	for _, s := range v.segments {
		n += s.len()
	}
	return n
}

// DeltaRows returns the number of rows of the delta.
func (v *Version) DeltaRows() int { return v.delta.len() }

// ChangedRows returns the number of rows that a merge can remove: those of the
// delta and the deleted ones.
func (v *Version) ChangedRows() int { return v.delta.len() + v.deleted.len() }

// CategorySlugs returns the slugs of the categories by category id. The slice
// must not be changed.
func (v *Version) CategorySlugs() []string { return v.categories.slugs }

// Pool returns a pool for the buffers of package draw.
func (v *Version) Pool() *sync.Pool { return &v.shared.drawing }

// find returns the segment and the row of a pin that is not deleted.
func (v *Version) find(id int64) (segment, row int, ok bool) {
	for i := range v.segments {
		if row, ok := v.segments[i].find(id); ok && !v.segments[i].deleted.has(row) {
			return i, row, true
		}
	}
	return 0, 0, false
}

// segmentOf returns the segment of a cell of MaxResolution: the last that
// begins with the cell or before it.
func (v *Version) segmentOf(cell geo.Cell) int {
	return sort.Search(len(v.segments)-1, func(i int) bool { return v.segments[i+1].first > cell })
}

// Among returns a version of those pins that have one of the ids, without a
// delta. Ids that v does not have are ignored. Pins that are published only in
// counts are set aside, as under Filter.CountsHexOnly.
func (v *Version) Among(ids []int64) *Version {
	var selected Rows
	wanted := make(map[int64]bool, len(ids))
	for _, id := range ids {
		if s, row, ok := v.find(id); ok && !wanted[id] && v.categories.points[v.segments[s].category[row]] {
			v.segments[s].copyRow(&selected, row)
		}
		wanted[id] = true
	}
	for i, id := range v.delta.id {
		if wanted[id] && v.categories.points[v.delta.category[i]] {
			selected.copyRow(&v.delta.Rows, i)
		}
	}
	next := *v
	next.narrowed = true
	next.setSegments(v.newSegments(&selected, 0, new(directories)))
	next.rebuildOverviews()
	return &next
}

// Select returns a version of the pins that f selects, without a delta.
func (v *Version) Select(f civic.Filter) *Version {
	m := v.Filter(f)
	if m == v.all && v.ChangedRows() == 0 {
		return v
	}
	s := v.getScratch()
	defer v.putScratch(s)
	s.prepare(v, m, false)
	var selected Rows
	for i := range s.deltaFilter.each(0, v.delta.len()) {
		selected.copyRow(&v.delta.Rows, i)
	}
	for i := range v.segments {
		_, filter := s.segment(int32(i))
		for row := range filter.each(0, v.segments[i].len()) {
			v.segments[i].copyRow(&selected, row)
		}
	}
	next := *v
	next.setSegments(v.newSegments(&selected, 0, new(directories)))
	next.rebuildOverviews()
	return &next
}
