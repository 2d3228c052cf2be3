package index

// zoneRows is the number of rows that share a zone.
const zoneRows = 64

// sortedRows contains rows that are not in the segments, in order of their sort
// keys, with a zone map: the box of every 64 rows, so that a search skips the
// zones outside its box.
type sortedRows struct {
	Rows
	planes *bitPlanes // or nil
	zones  []Box
}

// newSortedRows returns sorted rows, with bit planes if t is not nil.
func newSortedRows(r Rows, t *categoryTable) *sortedRows {
	s := &sortedRows{Rows: r, zones: make([]Box, 0, (r.len()+zoneRows-1)/zoneRows)}
	if t != nil {
		s.planes = newBitPlanes(&r.columns, t)
	}
	for i := range r.len() {
		at := Box{r.x[i], r.y[i], r.x[i], r.y[i]}
		if i%zoneRows == 0 {
			s.zones = append(s.zones, at)
		} else {
			s.zones[i/zoneRows] = s.zones[i/zoneRows].union(at)
		}
	}
	return s
}

// meets reports whether a row may be in the box.
func (s *sortedRows) meets(in Box) bool {
	for _, zone := range s.zones {
		if zone.Meets(in) {
			return true
		}
	}
	return false
}

// appendRuns appends the runs of rows that may be in the box, as runs of the
// delta. If g is not nil, the runs are within one of its squares where
// possible.
func (s *sortedRows) appendRuns(dst []run, in Box, g *grid) []run {
	for i, zone := range s.zones {
		if !zone.Meets(in) {
			continue
		}
		lo := uint32(i * zoneRows)
		next := run{lo: lo, hi: min(lo+zoneRows, uint32(s.len())), segment: inDelta, inside: zone.within(in), square: manySquares}
		if g != nil && next.inside && g.inOneSquare(zone) {
			next.square = int16(g.square(zone.minX, zone.minY))
		}
		dst = appendRun(dst, next)
	}
	return dst
}
