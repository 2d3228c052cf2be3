package tiles

// zoneRows of a patch share a zone.
const zoneRows = 64

// patch is rows beside the parts, few and sorted, with the box of each zone of
// them: what lies elsewhere is passed over a zone at a time.
type patch struct {
	celled
	planes *planes // or none
	zones  []box
}

// newPatch of sorted rows; with a legend, to be sifted by it.
func newPatch(c celled, l *legend) *patch {
	p := &patch{celled: c, zones: make([]box, 0, (c.len()+zoneRows-1)/zoneRows)}
	if l != nil {
		p.planes = newPlanes(&c.columns, l)
	}
	for i := range c.len() {
		at := box{c.x[i], c.y[i], c.x[i], c.y[i]}
		if i%zoneRows == 0 {
			p.zones = append(p.zones, at)
		} else {
			p.zones[i/zoneRows] = p.zones[i/zoneRows].union(at)
		}
	}
	return p
}

// meets reports whether a row may lie in the box.
func (p *patch) meets(in box) bool {
	for _, zone := range p.zones {
		if zone.meets(in) {
			return true
		}
	}
	return false
}

// appendRuns appends the runs that meet the box, as runs of the delta; with a
// grid, runs in one square of it where there are such.
func (p *patch) appendRuns(dst []run, in box, g *grid) []run {
	for i, zone := range p.zones {
		if !zone.meets(in) {
			continue
		}
		lo := uint32(i * zoneRows)
		now := run{lo: lo, hi: min(lo+zoneRows, uint32(p.len())), part: ofDelta, inside: zone.within(in), square: many}
		if g != nil && now.inside && g.alike(zone) {
			now.square = int16(g.square(zone.minX, zone.minY))
		}
		dst = join(dst, now)
	}
	return dst
}
