package index

import "github.com/pinezka/pinezka/geo"

// run is a range of rows, lo to hi-1, of a segment or of the delta.
type run struct {
	lo, hi  uint32
	segment int32 // or inDelta
	inside  bool  // whether all rows are in the box of the search; otherwise each must be tested
	square  int16 // the square of the grid of the search that contains all rows, or manySquares
}

const (
	inDelta     = -1
	manySquares = -1 // or there is no grid
)

// search describes a search for runs of rows in a box. If it has a grid, the
// runs are within one of its squares where possible.
type search struct {
	in       Box
	grid     *grid // or nil
	filter   *Filter
	scanRows uint32 // see tuning.Tuning
}

// appendRuns appends the runs of rows that may be in the box and match the
// filter, those of the delta last. A nil filter selects all.
func (v *Version) appendRuns(dst []run, in Box, g *grid, f *Filter) []run {
	return v.delta.appendRuns(v.appendSegmentRuns(dst, in, g, f), in, g)
}

func (v *Version) appendSegmentRuns(dst []run, in Box, g *grid, f *Filter) []run {
	q := search{in, g, f, v.shared.ScanRows}
	for i := range v.segments {
		if s := v.segments[i].segment; s.bounds.Meets(in) {
			dst = s.descend(dst, &q, int32(i), MinResolution, 0, uint32(len(s.directories[MinResolution].cells)))
		}
	}
	return dst
}

// descend appends the runs of the cells lo to hi-1 of the directory of
// resolution r.
func (s *segment) descend(dst []run, q *search, segment int32, r geo.Resolution, lo, hi uint32) []run {
	d := &s.directories[r]
	g := q.grid
	for i := lo; i < hi; i++ {
		bounds := d.bounds[i]
		if !bounds.Meets(q.in) || !s.planes.mayMatch(q.filter, d.firstRow[i], d.firstRow[i+1]) {
			continue
		}
		next := run{lo: d.firstRow[i], hi: d.firstRow[i+1], segment: segment, inside: bounds.within(q.in), square: manySquares}
		rows := next.hi - next.lo
		switch {
		case g == nil && next.inside:
			dst = appendRun(dst, next)
		case g != nil && next.inside && g.inOneSquare(bounds):
			next.square = int16(g.square(bounds.minX, bounds.minY))
			dst = appendRun(dst, next)
		case r < MaxResolution && rows > q.scanRows:
			dst = s.descend(dst, q, segment, r+1, d.firstChild[i], d.firstChild[i+1])
		case r == MaxResolution && g != nil && g.shift >= binShift && d.firstChild[i] < d.firstChild[i+1]:
			dst = s.appendBins(dst, segment, d.firstChild[i], d.firstChild[i+1], q.in, g)
		default:
			dst = appendRun(dst, next)
		}
	}
	return dst
}

// appendRun appends a run, or extends the last one by it.
func appendRun(runs []run, next run) []run {
	if len(runs) > 0 {
		last := &runs[len(runs)-1]
		if last.hi == next.lo && last.segment == next.segment && last.inside == next.inside && last.square == next.square {
			last.hi = next.hi
			return runs
		}
	}
	return append(runs, next)
}
